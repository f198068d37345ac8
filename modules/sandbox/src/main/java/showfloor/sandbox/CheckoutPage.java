package showfloor.sandbox;

import java.util.Locale;
import showfloor.httpapi.Answer;
import showfloor.subscriptions.Plan;

/// The pages on which a person pays, or pretends to.
final class CheckoutPage {
  private static final String HTML = "text/html; charset=utf-8";

  private CheckoutPage() {}

  static Answer of(StoredCheckout checkout) {
    String body = checkout.subscriptionId() == null ? open(checkout) : paid(checkout);
    return html(200, body);
  }

  private static String open(StoredCheckout checkout) {
    Plan plan = checkout.plan();
    return """
        <p>The %s plan, %s. No money moves here.</p>
        <form method="post" action="/sandbox/checkout/%s/complete"><button>Pay</button></form>
        <form method="post" action="/sandbox/checkout/%s/fail"><button>Let the card decline</button></form>
        <p><a href="%s">Cancel</a></p>
        """
        .formatted(
            plan.word(), price(plan), checkout.id(), checkout.id(), escaped(checkout.cancelUrl()));
  }

  private static String paid(StoredCheckout checkout) {
    return "<p>It is paid. <a href=\"%s\">Go on</a></p>".formatted(escaped(checkout.landing()));
  }

  static Answer declined(StoredCheckout checkout) {
    return html(
        200,
        "<p>The card was declined.</p><p><a href=\"/sandbox/checkout/%s\">Try again</a></p>"
            .formatted(checkout.id()));
  }

  /// @param back where the person came from; a link to nothing but another page
  static Answer portal(String back) {
    String link =
        back.matches("https?://.*")
            ? "<p><a href=\"%s\">Go back</a></p>".formatted(escaped(back))
            : "";
    return html(
        200,
        "<p>The sandbox has no portal: cancel and resume in the product, and let cards decline or"
            + " pay on the page of the checkout.</p>"
            + link);
  }

  private static String price(Plan plan) {
    return String.format(
        Locale.ROOT, "%d.%02d %s", plan.priceCents() / 100, plan.priceCents() % 100, Plan.CURRENCY);
  }

  /// The forms lead on to the shop's own pages, wherever they are.
  private static Answer html(int status, String body) {
    String page =
        """
          <!doctype html>
          <html lang="en">
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width">
          <title>Sandbox checkout</title>
          <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 28rem; margin: 4rem auto; padding: 0 1rem }
            button { font: inherit; padding: .5rem 1rem; margin: .5rem .5rem 0 0 }
          </style>
          <h1>Sandbox checkout</h1>
          %s
          </html>
          """
            .formatted(body);
    return Answer.text(status, HTML, page)
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http: https:;"
                + " frame-ancestors 'none'; base-uri 'none'");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
