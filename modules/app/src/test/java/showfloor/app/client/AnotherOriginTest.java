package showfloor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import showfloor.app.Running;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.TestClient;

/// A page of another origin: its browser asks before it sends a token, and lets the page read
/// nothing, not even a refusal, that does not name the origin.
class AnotherOriginTest {
  private static final String PAGE = "http://localhost:5173"; // development lets it in

  @Test
  void whateverAPageAsksForItReadsTheAnswer() throws Exception {
    try (Running server = Running.start();
        HttpClient browser = HttpClient.newHttpClient()) {
      URI api = server.client().server();
      for (String path :
          new String[] {
            "/api/health", "/api/auth/me", "/api/dealers/1", "/api/email-files", "/health"
          }) {
        HttpResponse<String> preflight =
            answer(
                browser,
                HttpRequest.newBuilder(api.resolve(path))
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Access-Control-Request-Method", "PUT")
                    .header("Access-Control-Request-Headers", "authorization,cache-control"));
        assertThat(preflight.statusCode()).as(path).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
            .contains("PUT");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
            .hasValue("authorization,cache-control");
        assertThat(
                answer(browser, HttpRequest.newBuilder(api.resolve(path)))
                    .headers()
                    .firstValue("Access-Control-Allow-Origin"))
            .as(path)
            .hasValue(PAGE);
      }
    }
    Observer.awaitNoSession();
  }

  @Test
  void whoPaysComesBackToThePageThatHeCameFrom() throws Exception {
    try (Running server = Running.start()) {
      Map<String, String> back =
          Map.of("http://localhost:3000", "http://localhost:3000", "https://evil.example", PAGE);
      for (Map.Entry<String, String> page : back.entrySet()) {
        TestClient payer = registered(server.client());
        String[] origin = {"Origin", page.getKey()};
        String session =
            payer
                .post(
                    "/api/subscriptions/create-checkout-session", "{\"plan\": \"annual\"}", origin)
                .expect(200)
                .json()
                .path("sessionId")
                .asText();
        assertThat(Payments.complete(payer, session).expect(200).json().path("next").asText())
            .isEqualTo(page.getValue() + "/subscription/success?session_id=" + session);
        String portal =
            payer
                .post("/api/subscriptions/create-portal-session", "{}", origin)
                .expect(200)
                .json()
                .path("url")
                .asText();
        assertThat(
                payer
                    .get(URI.create(portal).getRawPath() + "?" + URI.create(portal).getRawQuery())
                    .text())
            .contains("<a href=\"" + page.getValue() + "/dashboard\">");
      }
    }
    Observer.awaitNoSession();
  }

  private static TestClient registered(TestClient client) {
    String form =
        """
        {"email": "page-%s@example.com", "password": "correct horse battery", "firstName": "Ann",
         "lastName": "Field", "companyName": "Acme Exhibits"}
        """
            .formatted(UUID.randomUUID());
    return client.withToken(
        client.post("/api/auth/register", form).expect(201).json().path("token").asText());
  }

  private static HttpResponse<String> answer(HttpClient browser, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return browser.send(request.header("Origin", PAGE).build(), BodyHandlers.ofString());
  }
}
