package showfloor.httpapi.identity;

import java.util.Optional;
import showfloor.httpapi.Caller;

/// Finds who a bearer token belongs to. `auth` implements it, `app` binds it.
///
/// Called with an operation of the module `auth` bound and no company. Thread-safe.
@FunctionalInterface
public interface Authenticator {
  /// Empty when the token is unknown, expired or revoked.
  Optional<Caller> authenticate(String token);
}
