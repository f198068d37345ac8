package showfloor.subscriptions;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The header `Stripe-Signature`: `t=<seconds>,v1=<hex>`, where `v1` is the HMAC-SHA256 of the
/// seconds, a dot and the body. Several `v1` may stand in it, others than `v1` are passed over.
public final class WebhookSignature {
  /// How old a signed event may be: an older one may be a copy that somebody kept.
  static final Duration OLD_MAX = Duration.ofMinutes(5);

  /// How far the sender's clock may be ahead.
  static final Duration FUTURE_MAX = Duration.ofMinutes(1);

  private static final int HEADER_MAX = 4_096;
  private static final int SECONDS_DIGITS_MAX = 11;
  private static final int HASH_BYTES = 32;

  private WebhookSignature() {}

  /// The header for `body`.
  public static String sign(String secret, Instant at, byte[] body) {
    long seconds = at.getEpochSecond();
    return "t=%d,v1=%s"
        .formatted(seconds, HexFormat.of().formatHex(hash(secret, Long.toString(seconds), body)));
  }

  /// Why a body is not taken for the sender's: a code for the log; empty where it is. Takes as long
  /// whichever secret fits, or none.
  ///
  /// @param header anything at all
  /// @param secrets of which any may have been used
  public static Optional<String> fault(
      String header, byte[] body, List<String> secrets, Instant now) {
    Optional<Parts> parts = Parts.of(header);
    if (parts.isEmpty()) {
      return Optional.of("MALFORMED");
    }
    boolean signed = false;
    for (String secret : secrets) {
      byte[] expected = hash(secret, parts.get().seconds(), body);
      for (byte[] hash : parts.get().hashes()) {
        signed |= MessageDigest.isEqual(expected, hash);
      }
    }
    if (!signed) {
      return Optional.of("NOT_SIGNED");
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(parts.get().seconds()));
    if (at.isBefore(now.minus(OLD_MAX))) {
      return Optional.of("TOO_OLD");
    }
    return at.isAfter(now.plus(FUTURE_MAX)) ? Optional.of("IN_THE_FUTURE") : Optional.empty();
  }

  private static byte[] hash(String secret, String seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256, and no secret is empty", e);
    }
  }

  /// What a header says.
  ///
  /// @param seconds as they are written, since the hash is made over the text
  private record Parts(String seconds, List<byte[]> hashes) {
    static Optional<Parts> of(String header) {
      if (header.length() > HEADER_MAX) {
        return Optional.empty();
      }
      List<String> times = new ArrayList<>();
      List<byte[]> hashes = new ArrayList<>();
      for (String part : header.split(",", -1)) {
        String[] pair = part.strip().split("=", 2);
        if (pair.length == 2 && pair[0].equals("t")) {
          times.add(pair[1]);
        } else if (pair.length == 2 && pair[0].equals("v1")) {
          bytes(pair[1]).ifPresent(hashes::add);
        }
      }
      boolean whole = times.size() == 1 && isSeconds(times.getFirst()) && !hashes.isEmpty();
      return whole ? Optional.of(new Parts(times.getFirst(), hashes)) : Optional.empty();
    }

    private static boolean isSeconds(String text) {
      return !text.isEmpty()
          && text.length() <= SECONDS_DIGITS_MAX
          && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<byte[]> bytes(String hex) {
      boolean fits = hex.length() == 2 * HASH_BYTES && hex.chars().allMatch(HexFormat::isHexDigit);
      return fits ? Optional.of(HexFormat.of().parseHex(hex)) : Optional.empty();
    }
  }
}
