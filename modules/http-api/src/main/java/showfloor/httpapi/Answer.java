package showfloor.httpapi;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a handler answers. Immutable: each method that adds something returns another answer.
///
/// It is written after the handler has returned, outside of any lease.
public final class Answer {
  private final int status;
  private final Body body;
  private final List<Header> headers;
  private final Optional<String> tag;
  private final boolean secret;

  private Answer(
      int status, Body body, List<Header> headers, Optional<String> tag, boolean secret) {
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.tag = tag;
    this.secret = secret;
  }

  public static Answer ok(JsonValue value) {
    return of(200, value);
  }

  /// 201 with `Location`.
  public static Answer created(String location, JsonValue value) {
    return of(201, value).header("Location", location);
  }

  /// 202: the work goes on after the answer.
  public static Answer accepted(JsonValue value) {
    return of(202, value);
  }

  public static Answer noContent() {
    return empty(204);
  }

  /// A status without a body.
  public static Answer empty(int status) {
    return new Answer(status, new Body.None(), List.of(), Optional.empty(), false);
  }

  public static Answer of(int status, JsonValue value) {
    return new Answer(status, new Body.OfJson(value), List.of(), Optional.empty(), false);
  }

  public static Answer text(int status, String contentType, String text) {
    return new Answer(
        status, new Body.OfText(contentType, text), List.of(), Optional.empty(), false);
  }

  /// 200 with bytes as they come. The body runs while the client reads, outside of any lease; each
  /// lease that it takes is its own, and short.
  ///
  /// @param attachmentFileName name under which a browser stores it
  public static Answer stream(
      String contentType, Optional<String> attachmentFileName, StreamBody body) {
    return new Answer(
        200,
        new Body.OfStream(contentType, attachmentFileName, body),
        List.of(),
        Optional.empty(),
        false);
  }

  /// 206 with one range of the bytes, as they come.
  ///
  /// @param contentRange which they are: `bytes 0-99/1234`
  public static Answer partial(String contentType, String contentRange, StreamBody body) {
    return new Answer(
            206,
            new Body.OfStream(contentType, Optional.empty(), body),
            List.of(),
            Optional.empty(),
            false)
        .header("Content-Range", contentRange);
  }

  /// Adds a strong `ETag` of the row's version; a GET with that version in `If-None-Match` is then
  /// answered 304.
  public Answer etag(long rowVersion) {
    return tagged(Long.toString(rowVersion));
  }

  /// The same for an answer that holds more than the row: the tag changes with `more` as well,
  /// while `If-Match` still asks for the row's version alone.
  ///
  /// @param more tells one state of the rest from another
  public Answer etag(long rowVersion, String more) {
    return tagged(rowVersion + "." + Cursor.filterHash(more));
  }

  /// With an entity tag as [#tag] has it.
  public Answer tagged(String entityTag) {
    return new Answer(status, body, headers, Optional.of(entityTag), secret);
  }

  /// Adds a header. Name and value must be visible ASCII.
  public Answer header(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        throw new IllegalArgumentException("header " + name + ": value is not visible ASCII");
      }
    }
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Answer(status, body, List.copyOf(more), tag, secret);
  }

  /// Marks that the body holds a secret: never compressed, and never kept for a repeat of an
  /// `Idempotency-Key`.
  public Answer secret() {
    return new Answer(status, body, headers, tag, true);
  }

  public int status() {
    return status;
  }

  public Body body() {
    return body;
  }

  public List<Header> headers() {
    return headers;
  }

  /// The entity tag without quotes, where there is one.
  public Optional<String> tag() {
    return tag;
  }

  public boolean isSecret() {
    return secret;
  }

  /// One header of an answer.
  public record Header(String name, String value) {}

  /// Writes the bytes of a streamed answer.
  @FunctionalInterface
  public interface StreamBody {
    void writeTo(OutputStream out) throws IOException;
  }

  /// What follows the headers.
  public sealed interface Body {
    record None() implements Body {}

    record OfJson(JsonValue value) implements Body {}

    record OfText(String contentType, String text) implements Body {}

    record OfStream(String contentType, Optional<String> fileName, StreamBody content)
        implements Body {}
  }
}
