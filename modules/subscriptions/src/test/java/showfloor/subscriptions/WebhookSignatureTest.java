package showfloor.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  private static final String SECRET = "whsec_test_secret";
  private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_764_237_600);

  /// A line of what `vectors/make` made with openssl.
  record Vector(String body, String secret, String seconds, String hash) {
    byte[] bytes() {
      return read("vectors/" + body + ".body");
    }

    Instant at() {
      return Instant.ofEpochSecond(Long.parseLong(seconds));
    }
  }

  private static byte[] read(String resource) {
    try (var in = WebhookSignatureTest.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static List<Vector> vectors() {
    return new String(read("vectors/vectors.txt"), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(" "))
        .map(parts -> new Vector(parts[0], parts[1], parts[2], parts[3]))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithOpenssl(Vector vector) {
    String header = "t=%s,v1=%s".formatted(vector.seconds(), vector.hash());
    assertThat(WebhookSignature.sign(vector.secret(), vector.at(), vector.bytes()))
        .isEqualTo(header);
    assertThat(
            WebhookSignature.fault(header, vector.bytes(), List.of(vector.secret()), vector.at()))
        .isEmpty();
  }

  @Test
  void everyBitOfBodyTimeAndHashCounts() {
    String header = WebhookSignature.sign(SECRET, NOW, BODY);
    for (int bit = 0; bit < BODY.length * 8; bit++) {
      byte[] flipped = BODY.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(fault(header, flipped)).contains("NOT_SIGNED");
    }
    for (int i = 0; i < header.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        String flipped =
            header.substring(0, i) + (char) (header.charAt(i) ^ 1 << bit) + header.substring(i + 1);
        boolean sameHash = flipped.toLowerCase(java.util.Locale.ROOT).equals(header);
        assertThat(fault(flipped, BODY).isEmpty()).as(flipped).isEqualTo(sameHash && i > 15);
      }
    }
  }

  @Test
  void eachOfTheSecretsAndOfTheHashesMayFit() {
    String mine = WebhookSignature.sign(SECRET, NOW, BODY);
    String other = WebhookSignature.sign("whsec_another", NOW, BODY);
    String both = mine + "," + other.substring(other.indexOf("v1="));
    assertThat(WebhookSignature.fault(other, BODY, List.of(SECRET, "whsec_another"), NOW))
        .isEmpty();
    assertThat(WebhookSignature.fault(both, BODY, List.of("whsec_another"), NOW)).isEmpty();
    assertThat(WebhookSignature.fault(both, BODY, List.of(SECRET), NOW)).isEmpty();
    assertThat(WebhookSignature.fault(both, BODY, List.of("whsec_third"), NOW))
        .contains("NOT_SIGNED");
  }

  @Test
  void oldAndFutureTimestampsAreRefusedAtTheirBounds() {
    assertThat(at(NOW.minus(WebhookSignature.OLD_MAX))).isEmpty();
    assertThat(at(NOW.minus(WebhookSignature.OLD_MAX).minusSeconds(1))).contains("TOO_OLD");
    assertThat(at(NOW.plus(WebhookSignature.FUTURE_MAX))).isEmpty();
    assertThat(at(NOW.plus(WebhookSignature.FUTURE_MAX).plusSeconds(1))).contains("IN_THE_FUTURE");
  }

  private static java.util.Optional<String> at(Instant signed) {
    return fault(WebhookSignature.sign(SECRET, signed, BODY), BODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "=",
        "t",
        "t,v1",
        "t=,v1=",
        "t=abc,v1=00",
        "t=1764237600",
        "v1=00",
        "t=1764237600,v1=",
        "t=1764237600,v1=zz",
        "t=-1,v1=00",
        "t=99999999999999999999,v1=00",
        "t=1764237600,t=1764237600,v1=00",
        "t=١٧٦٤٢٣٧٦٠٠,v1=00",
        "\u0000",
        "{}",
        "[]",
        "null"
      })
  void aHostileHeaderIsMalformedAndNoMore(String header) {
    assertThat(fault(header, BODY)).contains("MALFORMED");
  }

  @Test
  void aHeaderBeyondAllMeasureIsMalformed() {
    String right = WebhookSignature.sign(SECRET, NOW, BODY);
    assertThat(fault(right + ",v0=" + "a".repeat(5_000), BODY)).contains("MALFORMED");
    assertThat(fault(right + ",v0=" + "a".repeat(500), BODY)).isEmpty();
  }

  /// Whatever is taken here, stripe-java takes, too; what it takes beyond that is in the future, or
  /// bears more than one time.
  @Test
  void agreesWithTheProvidersOwnLibrary() {
    Random random = new Random(7);
    int taken = 0;
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] body = new byte[random.nextInt(200)];
      random.nextBytes(body);
      String text = new String(body, StandardCharsets.ISO_8859_1);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Instant signed = NOW.minusSeconds(random.nextInt(600));
      String header = mutated(WebhookSignature.sign(SECRET, signed, bytes), random);
      boolean ours = fault(header, bytes).isEmpty();
      boolean theirs = stripeTakes(text, header);
      if (ours) {
        assertThat(theirs).as(header).isTrue();
        taken++;
      } else if (theirs) {
        assertThat(header.indexOf("t=")).as(header).isNotEqualTo(header.lastIndexOf("t="));
      } else {
        refused++;
      }
    }
    assertThat(taken).isGreaterThan(300);
    assertThat(refused).isGreaterThan(300);
  }

  private static String mutated(String header, Random random) {
    List<String> parts = new ArrayList<>(Arrays.asList(header.split(",")));
    switch (random.nextInt(7)) {
      case 0 -> parts.removeLast();
      case 1 -> parts.removeFirst();
      case 2 -> parts.add("v0=" + "0".repeat(64));
      case 3 -> parts.addFirst("v1=" + "0".repeat(64));
      case 4 -> parts.set(1, parts.get(1).replace('a', 'b'));
      default -> {
        return header;
      }
    }
    return String.join(",", parts);
  }

  private static boolean stripeTakes(String body, String header) {
    try {
      return Webhook.Signature.verifyHeader(
          body,
          header,
          SECRET,
          WebhookSignature.OLD_MAX.toSeconds(),
          Clock.fixed(NOW, ZoneOffset.UTC));
    } catch (SignatureVerificationException | RuntimeException e) {
      return false;
    }
  }

  @Test
  void theProvidersOwnLibraryTakesOurSignatures() throws Exception {
    String text = "{\"a\":\"é\"}";
    String header = WebhookSignature.sign(SECRET, NOW, text.getBytes(StandardCharsets.UTF_8));
    assertThat(
            Webhook.Signature.verifyHeader(
                text,
                header,
                SECRET,
                Duration.ofMinutes(5).toSeconds(),
                Clock.fixed(NOW, ZoneOffset.UTC)))
        .isTrue();
  }

  private static java.util.Optional<String> fault(String header, byte[] body) {
    return WebhookSignature.fault(header, body, List.of(SECRET), NOW);
  }
}
