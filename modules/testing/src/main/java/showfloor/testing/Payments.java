package showfloor.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/// Pays on behalf of tests, in the sandbox, as a customer does.
public final class Payments {
  private Payments() {}

  /// The owner of a company that did not exist before and has not paid.
  public static TestClient newcomer(TestClient anyone) {
    String body =
        """
        {"email": "%s@example.com", "password": "correct horse battery", "firstName": "Jo",
         "lastName": "Rivera", "companyName": "Acme"}
        """
            .formatted(UUID.randomUUID());
    JsonNode registered = anyone.post("/api/auth/register", body).expect(201).json();
    return anyone.withToken(registered.path("token").asText());
  }

  /// The same client, once its company has paid for a month: it gets through the wall.
  public static TestClient paid(TestClient signedIn) {
    complete(signedIn, checkout(signedIn, "monthly")).expect(200);
    return signedIn;
  }

  /// Opens a checkout and answers its id.
  public static String checkout(TestClient signedIn, String plan) {
    JsonNode opened =
        signedIn
            .post(
                "/api/subscriptions/create-checkout-session", "{\"plan\": \"%s\"}".formatted(plan))
            .expect(200)
            .json();
    return opened.path("sessionId").asText();
  }

  /// The card pays; answered once the server knows.
  public static Reply complete(TestClient client, String checkout, String... headers) {
    return post(client, "/sandbox/checkout/%s/complete".formatted(checkout), headers);
  }

  /// The card declines; answered once the server knows.
  public static Reply decline(TestClient client, String checkout) {
    return post(client, "/sandbox/checkout/%s/fail".formatted(checkout));
  }

  /// Moves the sandbox's clock, such as by `P31D`.
  public static Reply advance(TestClient client, String step, String... headers) {
    return client.post("/sandbox/clock", "{\"advance\": \"%s\"}".formatted(step), headers);
  }

  private static Reply post(TestClient client, String path, String... headers) {
    return client.send("POST", path, java.net.http.HttpRequest.BodyPublishers.noBody(), headers);
  }
}
