package showfloor.uploads.links;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

/// Signs and checks the tokens of links: which file of which company, and until when. Nothing is
/// stored for a link; the secret is in the database, so that each replica takes what another one
/// signed. Thread-safe.
final class Links {
  /// Long enough for a page to show what it has just listed.
  static final Duration LIFE = Duration.ofMinutes(15);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNED = 16 + 16 + 8;
  private static final int TOKEN = SIGNED + 32;

  private static final Sql FIND_SECRET =
      Sql.of("uploads.find_secret", "SELECT s.secret FROM uploads.link_secrets s WHERE s.id = 1");

  private final Database database;
  private final InstantSource clock;
  private final AtomicReference<SecretKeySpec> secret = new AtomicReference<>();

  Links(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// What a token gives access to.
  record Target(UUID companyId, UUID file) {}

  Instant expiry() {
    return Instant.ofEpochSecond(clock.instant().plus(LIFE).getEpochSecond());
  }

  String sign(Target target, Instant until) {
    ByteBuffer token = ByteBuffer.allocate(TOKEN);
    put(token, target.companyId());
    put(token, target.file());
    token.putLong(until.getEpochSecond());
    token.put(mac(Arrays.copyOf(token.array(), SIGNED)));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /// Empty for what nobody signed, what was changed, and what has expired.
  Optional<Target> check(String text) {
    byte[] token;
    try {
      token = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (token.length != TOKEN) {
      return Optional.empty();
    }
    byte[] signature = Arrays.copyOfRange(token, SIGNED, TOKEN);
    if (!MessageDigest.isEqual(mac(Arrays.copyOf(token, SIGNED)), signature)) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(token);
    UUID company = new UUID(fields.getLong(), fields.getLong());
    UUID file = new UUID(fields.getLong(), fields.getLong());
    return fields.getLong() > clock.instant().getEpochSecond()
        ? Optional.of(new Target(company, file))
        : Optional.empty();
  }

  private static void put(ByteBuffer into, UUID id) {
    into.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private byte[] mac(byte[] signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key());
      return mac.doFinal(signed);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /// Read once: it never changes while the process lives.
  private SecretKeySpec key() {
    SecretKeySpec known = secret.get();
    if (known == null) {
      byte[] bytes = database.one(FIND_SECRET.with(), row -> row.bytes("secret"));
      known = new SecretKeySpec(bytes, ALGORITHM);
      secret.set(known);
    }
    return known;
  }
}
