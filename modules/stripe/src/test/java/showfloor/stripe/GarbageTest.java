package showfloor.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.httpclient.HttpCalls;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.PaymentProvider.NewCustomer;
import showfloor.testing.stripe.FakeStripe;

/// Whoever answers in Stripe's place, and whatever: it is no answer, and nothing is believed.
class GarbageTest {
  private static final String RIGHT =
      """
      {"id": "sub_1", "customer": "cus_1", "status": "active", "created": 1767225600,
       "cancel_at_period_end": false, "items": {"data": [{"price": {"id": "price_a"},
       "current_period_start": 1767225600, "current_period_end": 1769904000}]}}
      """;

  private final FakeStripe stripe = FakeStripe.start();
  private final HttpCalls calls = new HttpCalls(Duration.ofSeconds(5));
  private final StripeProvider provider =
      new StripeProvider(
          calls,
          new StripeSettings(
              stripe.uri().toString(), "sk_test_x", List.of("whsec_a"), "price_a", "price_b"));

  @AfterEach
  void stop() {
    calls.close();
    stripe.close();
  }

  private static String list(String element, boolean more) {
    return "{\"object\": \"list\", \"has_more\": %s, \"data\": [%s]}".formatted(more, element);
  }

  private void answerWith(String text) {
    stripe.faults().answer(text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertNoAnswer(Runnable question) {
    PaymentException failed = catchThrowableOfType(PaymentException.class, question::run);
    assertThat(failed).isNotNull();
    assertThat(failed.isRetryable()).isTrue();
    assertThat(failed).hasMessageNotContaining("sk_test_x");
  }

  @Test
  void whatIsRightIsRead() {
    answerWith(list(RIGHT, false));
    assertThat(provider.subscriptionsOf("cus_1")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "true",
        "{\"data\": [",
        "<html>Sorry</html>",
        "{\"error\": {\"message\": \"none\"}}",
        "\u0000",
        "{\"data\": [{}]}",
        "{\"data\": [null, 1, \"x\"]}"
      })
  void whatIsNoListIsNoAnswer(String text) {
    answerWith(text);
    assertNoAnswer(() -> provider.subscriptionsOf("cus_1"));
    assertNoAnswer(
        () -> provider.createCustomer(new NewCustomer(UUID.randomUUID(), "Acme", "a@b.example")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sub_1\"|\"\"",
        "\"sub_1\"|7",
        "\"cus_1\"|null",
        "\"active\"|1",
        "1767225600|99999999999999",
        "1767225600|9223372036854775807",
        "1767225600|-1",
        "1767225600|\"soon\"",
        "1769904000|253402300800000",
        "1769904000|1e400",
        "[{|[], \"x\": [{"
      })
  void aMemberThatNobodyCouldStoreIsNoAnswer(String change) {
    String[] parts = change.split("\\|", 2);
    assertThat(RIGHT).contains(parts[0]);
    answerWith(list(RIGHT.replace(parts[0], parts[1]), false));
    assertNoAnswer(() -> provider.subscriptionsOf("cus_1"));
  }

  @Test
  void anIdBeyondAllMeasureIsNoAnswer() {
    answerWith(list(RIGHT.replace("sub_1", "sub_" + "x".repeat(300)), false));
    assertNoAnswer(() -> provider.subscriptionsOf("cus_1"));
  }

  @Test
  @Timeout(20)
  void aListThatDoesNotEndIsNoAnswer() {
    String many = String.join(",", Collections.nCopies(50, RIGHT));
    answerWith(list(many, true));
    assertNoAnswer(() -> provider.subscriptionsOf("cus_1"));
  }

  @Test
  void tenMegabytesAreNoAnswer() {
    stripe.faults().answer(new byte[10 << 20]);
    assertNoAnswer(() -> provider.subscriptionsOf("cus_1"));
  }
}
