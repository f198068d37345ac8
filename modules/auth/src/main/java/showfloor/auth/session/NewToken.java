package showfloor.auth.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import showfloor.dbapi.Sha256;
import showfloor.dbapi.UuidV7;

/// A bearer token that was just made: 256 random bits. Only its hash is stored, so this is the one
/// moment at which its text is known.
///
/// @param id names the session, for logout; no secret
/// @param text base64url without padding, 43 characters
public record NewToken(UUID id, String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

  public static NewToken make() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return new NewToken(
        UuidV7.next(), Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /// What is stored of it.
  public byte[] hash() {
    return Sha256.of(text);
  }

  /// Whether `text` can be a token at all; what can't be is refused without asking the database.
  static boolean isShaped(String text) {
    return SHAPE.matcher(text).matches();
  }

  /// Without the token: a record's text ends up in logs.
  @Override
  public String toString() {
    return "token " + id;
  }
}
