package showfloor.httpapi;

import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;

/// A request as a handler sees it. Used by one thread, dead after the answer.
public interface Request {
  /// Who calls; refused before the handler where the route's guard asks for one.
  Caller caller();

  /// The id that joins response, log and lease.
  String id();

  /// A path parameter that is an id. What is no UUID is the same 404 as an id that does not exist.
  UUID pathId(String name);

  String path(String name);

  /// The query parameters.
  Query query();

  /// The body as a JSON object. Not JSON, not an object, too large, missing: a problem that says
  /// so.
  Fields json();

  /// The body as it comes, decoded from gzip never. `Content-Type` is in [#contentType].
  InputStream body();

  /// The media type of the body in lower case, without parameters; empty when the header is
  /// missing.
  String contentType();

  /// The next part `name` of a `multipart/form-data` body, streamed; other parts before it are
  /// skipped within the limits. A missing part is a problem 400.
  InputStream part(String name);

  /// The next part `name` as a JSON object, as [#json] reads a body.
  Fields jsonPart(String name);

  /// The next part of a `multipart/form-data` body in the client's order, whatever its name; empty
  /// after the last. What was not read of the part before it is skipped. The whole body must be
  /// here by the route's deadline.
  Optional<Part> nextPart();

  Optional<String> header(String name);

  /// The address of the client, through trusted proxies.
  String clientAddress();

  /// The version that `If-Match` asks for: empty when absent or `*`. Malformed: a problem 400.
  Optional<Long> ifMatch();

  /// Runs `work` as one unit of work of `database`, at most once for the request's
  /// `Idempotency-Key`: the key's row commits with the effect. A repeat gets the first answer
  /// again. Without the header it is a plain unit of work. A form is read to its end first; another
  /// body that the handler streamed is part of the fingerprint as far as it was read before.
  Answer once(Database database, Effect work);

  /// Runs `work` once the handler has ended, however it ended: for what must be cleared away even
  /// where the deadline has passed. It has ten seconds of its own, and comes before the answer; a
  /// failure of it is logged and changes nothing else.
  void afterwards(Runnable work);

  /// One part of a form.
  interface Part {
    String name();

    /// The name that the client gives the file, of which nothing was checked.
    Optional<String> fileName();

    /// The bytes as they come. More of them than the operator allows for a file are a problem 413.
    InputStream content();
  }

  /// An effect that ends in an answer.
  @FunctionalInterface
  interface Effect {
    Answer apply(SqlWriter sql);
  }
}
