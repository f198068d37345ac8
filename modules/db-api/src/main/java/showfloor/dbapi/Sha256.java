package showfloor.dbapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, 32 bytes: names content, and is what secrets are looked up by without being stored.
public final class Sha256 {
  private Sha256() {}

  /// A hash to be fed piece by piece. Not thread-safe.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The hash of bytes.
  public static byte[] of(byte[] bytes) {
    return digest().digest(bytes);
  }

  /// The hash of a text in UTF-8.
  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
