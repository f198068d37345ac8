package showfloor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Calls a server as a customer does. Every answer is held against the API description; one that it
/// does not allow is an `AssertionError`. Immutable.
public final class TestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI server;
  private final Contract contract;
  private final Optional<String> token;

  TestClient(URI server, Contract contract, Optional<String> token) {
    this.server = server;
    this.contract = contract;
    this.token = token;
  }

  /// A client of any server, such as the distribution in a process of its own.
  public static TestClient of(URI server) {
    return new TestClient(server, Contract.of(server), Optional.empty());
  }

  /// The same client on another listener of the server.
  public TestClient at(URI listener) {
    return new TestClient(listener, contract, token);
  }

  public TestClient withToken(String bearer) {
    return new TestClient(server, contract, Optional.of(bearer));
  }

  /// Where it calls.
  public URI server() {
    return server;
  }

  public String token() {
    return token.orElseThrow();
  }

  public Reply get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public Reply head(String path, String... headers) {
    return send("HEAD", path, BodyPublishers.noBody(), headers);
  }

  public Reply delete(String path, String... headers) {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  public Reply post(String path, String json, String... headers) {
    return sendJson("POST", path, json, headers);
  }

  public Reply put(String path, String json, String... headers) {
    return sendJson("PUT", path, json, headers);
  }

  public Reply patch(String path, String json, String... headers) {
    return sendJson("PATCH", path, json, headers);
  }

  /// Sends JSON. `headers` are names and values in turn.
  public Reply sendJson(String method, String path, String json, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send(method, path, BodyPublishers.ofString(json), all);
  }

  /// Sends a body of any kind.
  public Reply send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofMinutes(3))
            .method(method, body);
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      Reply reply = new Reply(method, path, response);
      contract.check(reply);
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
