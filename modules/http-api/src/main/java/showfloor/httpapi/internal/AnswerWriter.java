package showfloor.httpapi.internal;

import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Answer.Body;
import showfloor.httpapi.Problem;

/// Puts answers on the wire: headers, `ETag`, compression, and writes that end.
final class AnswerWriter {
  private static final int PIECE = 64 << 10;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final byte[] NOTHING = {};

  /// What is done, for the message of who does it inside a lease.
  static final String WRITING = "writing an answer";

  private final Cors cors;
  private final StallGuard guard;
  private final Header vary;
  private final Header varyOfPages;

  AnswerWriter(Cors cors, StallGuard guard) {
    this.cors = cors;
    this.guard = guard;
    this.vary = cors.varies() ? AnswerHeaders.VARY_ORIGIN : AnswerHeaders.VARY_ENCODING;
    this.varyOfPages = cors.varies() ? AnswerHeaders.VARY_ACCEPT_ORIGIN : AnswerHeaders.VARY_ACCEPT;
  }

  /// What all answers carry, those of other features of the server too.
  void base(Exchange exchange) {
    ServerResponseHeaders headers = exchange.response().headers();
    AnswerHeaders.secure(headers);
    headers.set(HeaderValues.create(AnswerHeaders.REQUEST_ID, exchange.id()));
    headers.set(vary);
    cors.expose(exchange.headers(), headers);
    if (exchange.isClosing()) {
      headers.set(HeaderValues.CONNECTION_CLOSE);
    }
  }

  /// Answers `OPTIONS` where something is ours.
  void options(Exchange exchange, String allow) {
    exchange.response().headers().set(HeaderValues.create(HeaderNames.ALLOW, allow));
    preflight(exchange);
  }

  /// Whether a page of an allowed origin asks first.
  boolean isPreflight(Exchange exchange) {
    return "OPTIONS".equals(exchange.method()) && cors.asks(exchange.headers());
  }

  void preflight(Exchange exchange) {
    base(exchange);
    ServerResponseHeaders headers = exchange.response().headers();
    headers.set(AnswerHeaders.NO_STORE);
    cors.preflight(exchange.headers(), headers);
    send(exchange, Status.NO_CONTENT_204, NOTHING);
  }

  void problem(Exchange exchange, Problem problem) {
    ServerResponseHeaders headers = exchange.response().headers();
    base(exchange);
    headers.set(AnswerHeaders.NO_STORE);
    headers.set(AnswerHeaders.PROBLEM);
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      headers.set(HeaderValues.create(header.getKey(), header.getValue()));
    }
    byte[] bytes = JsonBytes.of(new ProblemJson(problem, exchange.origin(), exchange.id()));
    send(exchange, Status.create(problem.status()), bytes);
  }

  /// Drops what an answer that failed half way has set, except what is left of the company's share.
  ///
  /// @return whether another answer can still be given
  static boolean restart(RoutingResponse response) {
    ServerResponseHeaders headers = response.headers();
    if (!headers.contains(AnswerHeaders.RATE_LIMIT)) {
      return response.reset();
    }
    Header left = headers.get(AnswerHeaders.RATE_LIMIT);
    Header policy = headers.get(AnswerHeaders.RATE_LIMIT_POLICY);
    boolean restarted = response.reset();
    if (restarted) {
      headers.set(left);
      headers.set(policy);
    }
    return restarted;
  }

  /// A page that does not depend on who asks.
  void page(Exchange exchange, Page page) {
    base(exchange);
    ServerResponseHeaders headers = exchange.response().headers();
    headers.set(AnswerHeaders.PUBLIC);
    headers.set(varyOfPages);
    headers.set(page.contentType());
    headers.set(page.policy());
    boolean gzip = page.gzipped().length < page.bytes().length && takesGzip(exchange);
    headers.set(HeaderValues.create(HeaderNames.ETAG, page.etag(gzip)));
    if (names(exchange, page.tag())) {
      headers.remove(HeaderNames.CONTENT_TYPE);
      send(exchange, Status.NOT_MODIFIED_304, NOTHING);
      return;
    }
    if (gzip) {
      headers.set(AnswerHeaders.GZIP);
    }
    send(exchange, Status.OK_200, gzip ? page.gzipped() : page.bytes());
  }

  void answer(Exchange exchange, Answer answer) {
    base(exchange);
    ServerResponseHeaders headers = exchange.response().headers();
    for (Answer.Header header : answer.headers()) {
      headers.set(HeaderValues.create(header.name(), header.value()));
    }
    Optional<String> tag = answer.tag();
    headers.set(tag.isPresent() ? AnswerHeaders.REVALIDATE : AnswerHeaders.NO_STORE);
    if (tag.isPresent() && isUnchanged(exchange, tag.get())) {
      tag(headers, answer, false);
      send(exchange, Status.NOT_MODIFIED_304, NOTHING);
      return;
    }
    switch (answer.body()) {
      case Body.None none -> {
        tag(headers, answer, false);
        send(exchange, status(answer), NOTHING);
      }
      case Body.OfJson json -> {
        headers.set(AnswerHeaders.JSON);
        bytes(exchange, answer, JsonBytes.of(json.value()));
      }
      case Body.OfText text -> {
        headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, text.contentType()));
        bytes(exchange, answer, text.text().getBytes(StandardCharsets.UTF_8));
      }
      case Body.OfStream stream -> stream(exchange, answer, stream);
    }
  }

  private void bytes(Exchange exchange, Answer answer, byte[] plain) {
    boolean gzip = plain.length > Gzip.SIZE_MIN && !answer.isSecret() && takesGzip(exchange);
    ServerResponseHeaders headers = exchange.response().headers();
    tag(headers, answer, gzip);
    if (gzip) {
      headers.set(AnswerHeaders.GZIP);
    }
    send(exchange, status(answer), gzip ? Gzip.compress(plain) : plain);
  }

  private void stream(Exchange exchange, Answer answer, Body.OfStream stream) {
    ServerResponseHeaders headers = exchange.response().headers();
    headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, stream.contentType()));
    stream
        .fileName()
        .ifPresent(
            name ->
                headers.set(
                    HeaderValues.create(
                        HeaderNames.CONTENT_DISPOSITION, AnswerStream.attachment(name))));
    boolean gzip =
        AnswerStream.compressible(stream.contentType())
            && !answer.isSecret()
            && takesGzip(exchange);
    tag(headers, answer, gzip);
    if (gzip) {
      headers.set(AnswerHeaders.GZIP);
    }
    if (exchange.isHead()) {
      headers.set(AnswerHeaders.NO_LENGTH);
      send(exchange, status(answer), NOTHING);
      return;
    }
    new AnswerStream(exchange, this, status(answer)).write(stream.content(), gzip);
  }

  /// Sends status, headers and body in one go, or a large body in pieces, each with its own time.
  void send(Exchange exchange, Status status, byte[] body) {
    begin(exchange, status);
    RoutingResponse response = exchange.response();
    if (exchange.isHead()) {
      if (body.length > 0) {
        response.headers().contentLength(body.length);
      }
      write(() -> response.send(NOTHING));
    } else if (body.length <= PIECE) {
      write(() -> response.send(body));
    } else {
      // In chunks: with a length the server ends the answer after the first piece.
      pieces(response, body);
    }
    exchange.answered(status.code(), exchange.isHead() ? 0 : body.length);
  }

  /// Sets what comes before the headers' end: whether the connection goes on, and the status.
  void begin(Exchange exchange, Status status) {
    exchange.settleBody();
    ServerResponseHeaders headers = exchange.response().headers();
    if (exchange.isClosing()) {
      headers.set(HeaderValues.CONNECTION_CLOSE);
    }
    if (status.code() == NO_CONTENT || status.code() == NOT_MODIFIED) {
      headers.set(AnswerHeaders.NO_LENGTH);
    }
    exchange.response().status(status);
  }

  private void pieces(RoutingResponse response, byte[] body) {
    OutputStream out = response.outputStream();
    for (int from = 0; from < body.length; from += PIECE) {
      int start = from;
      int length = Math.min(PIECE, body.length - from);
      write(
          () -> {
            out.write(body, start, length);
            out.flush();
          });
    }
    write(
        () -> {
          out.close();
          response.commit();
        });
  }

  /// Runs one write. Where the socket fails, the client is gone; anything else is a defect.
  void write(Writing writing) {
    Database.outsideLease(WRITING);
    StallGuard.Wait wait = guard.begin();
    try {
      writing.run();
    } catch (IOException
        | UncheckedIOException
        | ServerConnectionException
        | SocketWriterException e) {
      throw ClientGone.silent(e);
    } finally {
      wait.end();
    }
  }

  /// A write to the client.
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  private static Status status(Answer answer) {
    return Status.create(answer.status());
  }

  private static void tag(ServerResponseHeaders headers, Answer answer, boolean gzip) {
    answer
        .tag()
        .map(tag -> Etags.of(tag, gzip))
        .ifPresent(tag -> headers.set(HeaderValues.create(HeaderNames.ETAG, tag)));
  }

  private static boolean isUnchanged(Exchange exchange, String tag) {
    return ("GET".equals(exchange.method()) || exchange.isHead()) && names(exchange, tag);
  }

  private static boolean names(Exchange exchange, String tag) {
    ServerRequestHeaders headers = exchange.headers();
    if (!headers.contains(HeaderNames.IF_NONE_MATCH)) {
      return false;
    }
    for (String line : headers.get(HeaderNames.IF_NONE_MATCH).allValues()) {
      if (Etags.names(line, tag)) {
        return true;
      }
    }
    return false;
  }

  private static boolean takesGzip(Exchange exchange) {
    ServerRequestHeaders headers = exchange.headers();
    return headers.contains(HeaderNames.ACCEPT_ENCODING)
        && Gzip.accepted(headers.get(HeaderNames.ACCEPT_ENCODING).values());
  }
}
