package showfloor.auth.members;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import showfloor.auth.session.NewToken;
import showfloor.httpapi.Json;

/// A link with which a member sets the password, once. Only its hash is stored, so this is the one
/// moment at which it is known.
record SetupLink(NewToken token, Instant expiresAt) {
  private static final Duration LIFE = Duration.ofDays(7);

  static SetupLink make(Instant now) {
    return new SetupLink(NewToken.make(), now.plus(LIFE));
  }

  /// Writes the member `setup`.
  void write(JsonGenerator out) throws IOException {
    Json.object(
        out,
        "setup",
        setup -> {
          Json.text(setup, "token", token.text());
          // Behind the #, so that no server and no log on its way sees the token.
          Json.text(setup, "path", "/password-setup#token=" + token.text());
          Json.instant(setup, "expiresAt", expiresAt);
        });
  }
}
