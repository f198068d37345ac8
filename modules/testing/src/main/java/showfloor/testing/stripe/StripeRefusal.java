package showfloor.testing.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// An answer that is an error, in Stripe's form.
final class StripeRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String param;

  StripeRefusal(int status, String code, String param, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.param = param;
  }

  static StripeRefusal noSuch(String object, String id) {
    return new StripeRefusal(
        404, "resource_missing", "id", "No such %s: '%s'".formatted(object, id));
  }

  int status() {
    return status;
  }

  ObjectNode json() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode error = answer.putObject("error");
    error.put("type", type());
    error.put("message", getMessage());
    if (!code.isEmpty()) {
      error.put("code", code);
      error.put("doc_url", "https://docs.stripe.com/error-codes/" + code.replace('_', '-'));
    }
    if (!param.isEmpty()) {
      error.put("param", param);
    }
    return answer;
  }

  private String type() {
    if (code.startsWith("idempotency")) {
      return "idempotency_error";
    }
    return status >= 500 ? "api_error" : "invalid_request_error";
  }
}
