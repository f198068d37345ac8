package showfloor.httpapi.identity;

import java.util.UUID;
import showfloor.dbapi.runtime.Operation;

/// Enters a company's rows where there is no caller: at registration and sign-in, and for a link
/// that this server signed. Only `auth` and `uploads` can name this class.
public final class Tenants {
  private Tenants() {}

  /// Runs `work` on the rows of `company`.
  public static <T, X extends Exception> T in(UUID company, ScopedValue.CallableOp<T, X> work)
      throws X {
    return Operation.current()
        .orElseThrow(() -> new IllegalStateException("no operation to enter a company from"))
        .inCompany(company)
        .call(work);
  }
}
