package showfloor.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class StripeSettingsTest {

  @Test
  void halfOfThemIsRefusedAndSaysWhatIsMissing() {
    assertThat(faults("sk_test_x", List.of(), "", "price_a"))
        .contains("STRIPE_WEBHOOK_SECRET", "STRIPE_PRICE_ID_MONTHLY")
        .doesNotContain("STRIPE_SECRET_KEY", "STRIPE_PRICE_ID_ANNUAL");
  }

  @Test
  void whatCannotBeRightIsRefusedWithoutQuotingIt() {
    assertThat(faults("pk_live_abc", List.of("whsec_a", "oops"), "prod_1", "price_\u00e4"))
        .contains("SECRET_KEY", "WEBHOOK_SECRET", "ID_MONTHLY", "ID_ANNUAL")
        .doesNotContain("pk_live_abc", "whsec_a", "oops", "prod_1", "price_\u00e4");
  }

  @Test
  void onePriceIsNotTwoPlans() {
    assertThat(faults("rk_live_x", List.of("whsec_a"), "price_a", "price_a"))
        .contains("must be two prices");
  }

  /// A slip in the configuration must not hand the key that moves money to another server.
  @Test
  void aLiveKeyGoesToStripeAndNowhereElse() {
    for (String api : List.of("https://api.stripe.com.example", "http://127.0.0.1:12111")) {
      new StripeSettings(api, "sk_test_x", List.of("whsec_a"), "price_a", "price_b");
      assertThatThrownBy(
              () -> new StripeSettings(api, "sk_live_x", List.of("whsec_a"), "price_a", "price_b"))
          .hasMessageContaining("payments.stripe-api")
          .hasMessageNotContaining("sk_live_x");
    }
  }

  @Test
  void keepTheirSecretsOutOfLogs() {
    StripeSettings live =
        new StripeSettings(
            StripeSettings.API, "rk_live_abc", List.of("whsec_xyz"), "price_a", "price_b");
    assertThat(live.isLive()).isTrue();
    assertThat(live.toString()).contains("live mode").doesNotContain("rk_live_abc", "whsec_xyz");
  }

  private static String faults(String key, List<String> secrets, String monthly, String annual) {
    return String.valueOf(
        catchThrowableOfType(
                IllegalArgumentException.class,
                () -> new StripeSettings(StripeSettings.API, key, secrets, monthly, annual))
            .getMessage());
  }
}
