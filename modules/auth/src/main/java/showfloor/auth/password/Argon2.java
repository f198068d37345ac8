package showfloor.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// argon2id (RFC 9106) in and out of PHC strings.
final class Argon2 {
  private static final int HASH_BYTES = 32;
  private static final int MEMORY_MAX_KIB = 1 << 18;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

  private Argon2() {}

  /// What one hash costs.
  ///
  /// @param memoryKib KiB of memory
  /// @param passes over that memory
  record Cost(int memoryKib, int passes) {
    /// The least memory and time among the choices which OWASP calls equally strong: 24 ms, against
    /// 27 ms for 19 MiB in 2 passes (measured, JDK 25, one core).
    static final Cost CURRENT = new Cost(7 * 1024, 5);
  }

  /// The PHC string of a password. The password is hashed whole, in Unicode's composed form, so
  /// that keyboards which compose letters differently agree (RFC 8265, section 4.2).
  static String hash(String password, Cost cost, byte[] salt) {
    return phc(cost, salt, bytes(password, cost, salt));
  }

  /// Whether `password` is the one that `phc` was made of; takes as long whatever the answer is.
  static boolean matches(String password, String phc) {
    Matcher parts = parse(phc);
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(expected, bytes(password, cost(parts), salt));
  }

  static Cost costOf(String phc) {
    return cost(parse(phc));
  }

  static String phc(Cost cost, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  private static byte[] bytes(String password, Cost cost, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    String composed = Normalizer.normalize(password, Normalizer.Form.NFC);
    generator.generateBytes(composed.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static Cost cost(Matcher parts) {
    return new Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  private static Matcher parse(String phc) {
    Matcher parts = PHC.matcher(phc);
    // What the database holds must not be able to ask for unbounded memory or lanes.
    if (!parts.matches()
        || !parts.group(3).equals("1")
        || cost(parts).memoryKib() > MEMORY_MAX_KIB
        || cost(parts).memoryKib() < 8
        || cost(parts).passes() < 1) {
      throw new IllegalStateException("a stored password hash is not one of ours");
    }
    return parts;
  }
}
