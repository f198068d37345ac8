package showfloor.httpapi.identity;

import java.util.UUID;
import java.util.concurrent.Callable;
import showfloor.dbapi.runtime.Operation;

/// Enters a company's rows before there is a caller: registration and sign-in. Only `auth` can name
/// this class.
public final class Tenants {
  private Tenants() {}

  /// Runs `work` on the rows of `company`.
  public static <T> T in(UUID company, Callable<T> work) throws Exception {
    return Operation.current()
        .orElseThrow(() -> new IllegalStateException("no operation to enter a company from"))
        .inCompany(company)
        .call(work);
  }
}
