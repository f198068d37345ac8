package showfloor.httpapi.identity;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import showfloor.dbapi.runtime.Operation;
import showfloor.httpapi.Routes;
import showfloor.httpapi.internal.Endpoint;

/// Enters a company's rows where there is no caller: at registration and sign-in, and for a link
/// that this server signed. Only `auth` and `uploads` can name this class.
public final class Tenants {
  private Tenants() {}

  /// Lets a route act for the company that `companyOf` finds in the last segment of its path; where
  /// it finds none, there is no such path. Who follows a link needs no token. All who follow those
  /// of one company have a rate of their own, as large as the company's, and its memory.
  public static void followLinks(Routes.Route route, Function<String, Optional<UUID>> companyOf) {
    ((Endpoint) route.guard(Routes.Guard.PUBLIC)).followsLinks(companyOf);
  }

  /// Runs `work` on the rows of `company`.
  public static <T, X extends Exception> T in(UUID company, ScopedValue.CallableOp<T, X> work)
      throws X {
    return Operation.current()
        .orElseThrow(() -> new IllegalStateException("no operation to enter a company from"))
        .inCompany(company)
        .call(work);
  }
}
