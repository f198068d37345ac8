package showfloor.httpclient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import showfloor.dbapi.Database;
import showfloor.dbapi.runtime.Operation;

/// Calls other servers over HTTP. Redirects are answers like any other, nothing is repeated,
/// nothing is remembered. Thread-safe.
public final class HttpCalls implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int ANSWER_MAX = 1 << 20;

  private final HttpClient client;
  private final Duration limit;

  /// @param limit the longest that one call may last, whatever is left of the running operation
  public HttpCalls(Duration limit) {
    this.limit = limit;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
  }

  /// Sends it and waits for the whole answer. [HttpFailure] where there is none in time;
  /// `IllegalStateException` while a lease is held; `IllegalArgumentException` for what is no
  /// request.
  public HttpReply send(HttpCall call) {
    Database.outsideLease("calling another server");
    Duration left = left();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request(call, left), BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_MAX));
    try {
      // The request's own timeout ends with the headers; this one counts the body, too.
      HttpResponse<byte[]> response = answer.get(left.toMillis(), TimeUnit.MILLISECONDS);
      return new HttpReply(response.statusCode(), response.headers()::firstValue, response.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpFailure("%s: no answer within %s".formatted(call, left), e);
    } catch (ExecutionException e) {
      throw failure(call, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new HttpFailure(call + ": interrupted", e);
    }
  }

  /// Whether the running operation goes on beyond a pause: else no further call makes sense.
  public boolean hasTimeAfter(Duration pause) {
    return Operation.current().map(now -> now.remaining().compareTo(pause) > 0).orElse(true);
  }

  private static HttpFailure failure(HttpCall call, Throwable cause) {
    String why = cause instanceof IOException ? cause.toString() : "failed";
    return new HttpFailure("%s: %s".formatted(call, why), cause);
  }

  private Duration left() {
    Duration left = Operation.current().map(Operation::remaining).orElse(limit);
    Duration shorter = left.compareTo(limit) < 0 ? left : limit;
    return shorter.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : shorter;
  }

  private static HttpRequest request(HttpCall call, Duration left) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(call.url()))
            .timeout(left)
            .method(
                call.method(),
                call.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::setHeader);
    return request.build();
  }

  /// Ends what still runs; its callers get an [HttpFailure].
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
