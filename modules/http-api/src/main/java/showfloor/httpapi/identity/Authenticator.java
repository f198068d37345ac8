package showfloor.httpapi.identity;

import java.util.Optional;

/// Finds who a bearer token belongs to. `auth` implements it, `app` binds it.
///
/// Called with an operation of the module `auth` bound and no company. Thread-safe.
@FunctionalInterface
public interface Authenticator {
  /// Whether a token looks like one of ours. What does not is refused without asking, and without
  /// counting against its sender.
  default boolean isShaped(String token) {
    return true;
  }

  /// Empty when the token is unknown, expired or revoked.
  Optional<Session> authenticate(String token);
}
