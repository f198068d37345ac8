package showfloor.httpapi.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Schema;
import showfloor.dbapi.runtime.Operation;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;
import showfloor.httpapi.identity.Tenants;

/// A domain whose handlers do one thing each, in memory.
final class ThingsDomain implements Domain {
  static final UUID THING = new UUID(7, 7);
  static final AtomicInteger HANDLED = new AtomicInteger();
  static final AtomicReference<@Nullable Operation> CLEARED = new AtomicReference<>();
  static final String SECRET_WORDS = "select * from secret_words";

  @Override
  public String name() {
    return "things";
  }

  @Override
  public Schema schema() {
    return new Schema("things", List.of(), java.util.Map.of());
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/api/things/list", request -> Answer.ok(Json.text("the list")));
    routes.get("/api/things/{id}", this::thing);
    routes.put("/api/things/{id}", this::change);
    routes.post("/api/things", this::add).idempotent();
    routes.patch("/api/things/{id}", this::change);
    routes.delete("/api/things/{id}", request -> Answer.noContent());
    routes.get("/api/things/{id}/words/{word}", ThingsDomain::word);
    routes.get("/api/public", request -> Answer.ok(Json.text("hello"))).guard(Guard.PUBLIC);
    routes.post("/api/public", this::add).guard(Guard.PUBLIC);
    Tenants.followLinks(
        routes.get("/api/things/links/{link}", ThingsDomain::linked), ThingsDomain::companyOf);
    routes.get("/api/bad-header", request -> Answer.noContent().header("no name", "x"));
    routes.get("/api/me", ThingsDomain::me).guard(Guard.SIGNED_IN);
    routes.get("/api/cleared", ThingsDomain::cleared);
    routes.get("/api/large", ThingsDomain::large);
    routes.get("/api/secret", request -> large(request).secret());
    routes.get("/api/page", ThingsDomain::page);
    routes.get("/api/failures/{kind}", ThingsDomain::fail);
    routes.get("/api/stream/{kind}", ThingsDomain::stream).as(RouteClass.EXPORT);
    routes.post("/api/upload", ThingsDomain::upload).streams(Limits.JSON_BODY);
    routes.post("/api/form", ThingsDomain::form).streams(Limits.JSON_BODY);
    routes.post("/api/form-pair", ThingsDomain::formPair).streams(Limits.BULK_BODY);
    routes.post("/api/files", ThingsDomain::files).takesFile();
  }

  /// Fails, and so does what it leaves to be cleared away.
  private static Answer cleared(Request request) {
    request.afterwards(
        () -> {
          CLEARED.set(Operation.current().orElseThrow());
          throw new IllegalStateException("what was to be cleared away");
        });
    throw Problem.conflict("OWN", "The handler's own end.");
  }

  private static Optional<UUID> companyOf(String link) {
    return switch (link) {
      case "b" -> Optional.of(TestApi.COMPANY_B);
      case "poor" -> Optional.of(TestApi.POOR);
      default -> Optional.empty();
    };
  }

  /// Whose rows a link leads to.
  private static Answer linked(Request request) {
    return Answer.ok(Json.text(String.valueOf(Operation.current().orElseThrow().companyId())));
  }

  private Answer thing(Request request) {
    HANDLED.incrementAndGet();
    if (!request.pathId("id").equals(THING)) {
      throw Problem.notFound();
    }
    return Answer.ok(Json.object(out -> Json.id(out, "id", THING))).etag(12);
  }

  private Answer change(Request request) {
    Fields fields = request.json();
    String name = fields.text("name", Limits.NAME);
    fields.done();
    long version = request.ifMatch().orElse(12L);
    if (version != 12) {
      throw Problem.preconditionFailed(12, Json.text("now"), Json.text(name));
    }
    return Answer.ok(Json.object(out -> Json.text(out, "name", name))).etag(13);
  }

  private Answer add(Request request) {
    Fields fields = request.json();
    String name = fields.text("name", Limits.NAME);
    fields.done();
    return Answer.created("/api/things/" + THING, Json.object(out -> Json.text(out, "name", name)));
  }

  private static Answer word(Request request) {
    request.pathId("id");
    return Answer.ok(Json.text(request.path("word")));
  }

  private static Answer me(Request request) {
    Operation operation = Operation.current().orElseThrow();
    return Answer.ok(
        Json.object(
            out -> {
              Json.id(out, "company", operation.companyId());
              Json.text(out, "module", operation.module());
              Json.text(out, "operation", operation.name());
              Json.text(out, "requestId", operation.requestId());
              Json.number(out, "remaining", operation.remaining().toMillis());
              Json.text(out, "address", request.clientAddress());
              Json.id(out, "user", request.caller().userId());
            }));
  }

  private static Answer large(Request request) {
    String text = "showfloor ".repeat(request.query().integer("words", 1, 1_000_000).orElse(500));
    return Answer.ok(Json.text(text)).etag(3);
  }

  private static Answer page(Request request) {
    var page = request.query().page();
    return Answer.ok(Json.object(out -> Json.number(out, "offset", page.offset())));
  }

  private static Answer fail(Request request) throws Exception {
    switch (request.path("kind")) {
      case "overflow" -> throw new StackOverflowError(SECRET_WORDS);
      case "memory" -> throw new OutOfMemoryError(SECRET_WORDS);
      default -> {
        // An exception.
      }
    }
    throw switch (request.path("kind")) {
      case "overloaded" -> new DatabaseException.Overloaded(SECRET_WORDS, Duration.ofMillis(2500));
      case "unavailable" -> new DatabaseException.Unavailable(SECRET_WORDS, null);
      case "timed-out" -> new DatabaseException.TimedOut(SECRET_WORDS, null);
      case "constraint" -> new DatabaseException.ConstraintViolated(SECRET_WORDS, "things", null);
      case "contended" -> new DatabaseException.Contended(SECRET_WORDS, null);
      case "failed" -> new DatabaseException.Failed(SECRET_WORDS, null);
      case "checked" -> new IOException(SECRET_WORDS);
      case "cyclic" -> cyclic();
      default -> new IllegalStateException(SECRET_WORDS);
    };
  }

  private static RuntimeException cyclic() {
    RuntimeException one = new IllegalStateException(SECRET_WORDS);
    one.initCause(new IllegalStateException(one));
    return one;
  }

  private static Answer stream(Request request) {
    return switch (request.path("kind")) {
      case "short" -> csv(out -> write(out, "a,b\n"));
      case "early" ->
          csv(
              out -> {
                write(out, "a,b\n");
                throw new IllegalStateException(SECRET_WORDS);
              });
      case "late" ->
          csv(
              out -> {
                write(out, "a,b\n".repeat(50_000));
                throw new IllegalStateException(SECRET_WORDS);
              });
      case "memory" ->
          csv(
              out -> {
                write(out, "a,b\n".repeat(50_000));
                throw new OutOfMemoryError(SECRET_WORDS);
              });
      case "endless" ->
          csv(
              out -> {
                while (true) {
                  write(out, "0123456789abcdef".repeat(4096));
                }
              });
      default -> csv(out -> write(out, "a,b\n".repeat(50_000)));
    };
  }

  private static Answer csv(Answer.StreamBody body) {
    return Answer.stream("text/csv", Optional.of("thíngs \"1\".csv"), body);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Answer upload(Request request) throws IOException {
    try (InputStream body = request.body()) {
      long size = body.transferTo(OutputStream.nullOutputStream());
      return Answer.ok(Json.object(out -> Json.number(out, "size", size)));
    }
  }

  /// What the form has, each part as `name=fileName:bytes`, the content of those named `skip` left.
  private static Answer files(Request request) throws IOException {
    StringBuilder found = new StringBuilder();
    for (var part = request.nextPart(); part.isPresent(); part = request.nextPart()) {
      Request.Part each = part.get();
      long size =
          each.name().equals("skip")
              ? -1
              : each.content().transferTo(OutputStream.nullOutputStream());
      found.append("%s=%s:%d;".formatted(each.name(), each.fileName().orElse(""), size));
    }
    return Answer.ok(Json.text(found.toString()));
  }

  /// Two parts, one after the other.
  private static Answer formPair(Request request) throws IOException {
    Fields thing = request.jsonPart("thing");
    String name = thing.text("name", Limits.NAME);
    thing.done();
    try (InputStream part = request.part("file")) {
      return Answer.ok(Json.text(name + " " + part.readAllBytes().length));
    }
  }

  private static Answer form(Request request) throws IOException {
    try (InputStream part = request.part("file")) {
      String text = new String(part.readAllBytes(), StandardCharsets.UTF_8);
      return Answer.ok(Json.text(text));
    }
  }

  @Override
  public InputStream openapi() {
    return new ByteArrayInputStream("openapi: 3.1.0\npaths: {}\n".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<ProblemType> problemTypes() {
    return List.of(
        new ProblemType(
            "thing-broken",
            "Thing <broken>",
            409,
            "THING_BROKEN",
            false,
            "It fell.",
            "Pick it up.",
            "GET /api/things"));
  }
}
