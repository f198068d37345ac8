package showfloor.httpapi.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Schema.Migration;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.runtime.Operation;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// A domain in which every effect is one more row, so that effects can be counted.
final class CounterDomain implements Domain {
  private static final Sql ADD =
      Sql.of(
          "httpapi.add_item",
          """
          insert into httpapi.items (company_id, id, item)
          values (cast(:company as uuid), :id, :item)
          """);
  private static final Sql COUNT =
      Sql.of("httpapi.count_items", "select count(*) as n from httpapi.items where item = :item");

  private final Database database;
  private volatile Pause pause = new Pause(0);

  CounterDomain(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "httpapi";
  }

  @Override
  public Schema schema() {
    return new Schema(
        "httpapi",
        List.of(
            new Migration(
                1,
                "V1__items.sql",
                """
                create table httpapi.items (
                  company_id uuid not null, id uuid not null, item text not null,
                  primary key (company_id, id));
                select dbapi.protect_tenant_table('httpapi.items');
                """)),
        Map.of());
  }

  @Override
  public void routes(Routes routes) {
    routes.post("/api/items", request -> add(request, "")).idempotent();
    routes.post("/api/other-items", request -> add(request, "")).idempotent();
    routes.post("/api/paused-items", request -> add(request, "pauses")).idempotent();
    routes.post("/api/files", this::file).streams(Limits.JSON_BODY).idempotent();
    routes.post("/api/read-in-lease", this::readInLease);
    routes.get("/api/written-in-lease/{when}", this::writtenInLease);
    routes
        .post("/api/failing-items/{kind}", request -> add(request, request.path("kind")))
        .idempotent();
  }

  private Answer add(Request request, String kind) {
    Fields fields = request.json();
    String item = fields.text("id", Limits.NAME);
    fields.done();
    return request.once(database, sql -> effect(sql, request, item, kind));
  }

  /// The effect of a file is its content.
  private Answer file(Request request) throws IOException {
    try (InputStream part = request.part("file")) {
      String item = new String(part.readAllBytes(), StandardCharsets.UTF_8);
      return request.once(database, sql -> effect(sql, request, item, ""));
    }
  }

  private Answer readInLease(Request request) {
    try {
      return database.inTransaction(
          sql -> {
            request.json();
            return Answer.noContent();
          });
    } catch (IllegalStateException e) {
      return Answer.ok(Json.text(String.valueOf(e.getMessage())));
    }
  }

  /// Tells how it was refused, before the first bytes of the answer were sent, or after.
  private Answer writtenInLease(Request request) {
    boolean later = request.path("when").equals("later");
    return Answer.stream(
        "text/plain",
        Optional.empty(),
        out -> {
          if (later) {
            out.write(new byte[1 << 20]);
          }
          try {
            database.inTransaction(
                sql -> {
                  if (later) {
                    out.flush();
                  } else {
                    out.write('x');
                  }
                  return 1;
                });
          } catch (IllegalStateException e) {
            out.write(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private Answer effect(SqlWriter sql, Request request, String item, String kind) {
    UUID id = UUID.randomUUID();
    sql.execute(
        ADD.with("company", request.caller().companyId().toString(), "id", id, "item", item));
    switch (kind) {
      case "throws" -> throw new IllegalStateException("on purpose");
      case "refuses" -> throw Problem.conflict("NO", "On purpose.");
      case "answers-500" -> {
        return Answer.of(500, Json.text("on purpose"));
      }
      case "pauses" -> pause.hold();
      default -> {
        // Nothing goes wrong.
      }
    }
    return Answer.created("/api/items/" + id, Json.object(out -> Json.id(out, "id", id))).etag(1);
  }

  /// How often company A has an item.
  long count(String item) {
    return Operation.startingNow("httpapi", "test", "count", Duration.ofSeconds(10))
        .inCompany(TestApi.COMPANY_A)
        .call(() -> database.one(COUNT.with("item", item), row -> row.bigint("n")));
  }

  /// From now on effects of `/api/paused-items` wait until it is closed.
  Pause pausing() {
    pause = new Pause(1);
    return pause;
  }

  @Override
  public InputStream openapi() {
    return new ByteArrayInputStream("paths: {}\n".getBytes(StandardCharsets.UTF_8));
  }

  /// Holds an effect in the middle of its unit of work.
  static final class Pause implements AutoCloseable {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch over;

    private Pause(int count) {
      over = new CountDownLatch(count);
    }

    private void hold() {
      started.countDown();
      await(over);
    }

    void awaitStarted() {
      await(started);
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(9, TimeUnit.SECONDS)) {
          throw new IllegalStateException("waited in vain");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void end() {
      over.countDown();
    }

    @Override
    public void close() {
      end();
    }
  }
}
