package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sql;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// A module that throws in every handler harms nobody but its own callers.
@Proof(id = "P19", what = P19ChaosTest.WHAT)
class P19ThrowingModuleTest {
  private static final List<String> KINDS =
      List.of("before", "in-a-read", "in-a-write", "an-error", "too-deep", "after", "in-a-stream");
  private static final int CALLERS = 3; // for each kind
  private static final int CALLS = 20;

  @Test
  void theOthersWorkOnAndEveryConnectionComesBack(Trials trials) throws Exception {
    try (TestServer server =
        TestServer.start(
            parts ->
                List.of(
                    new DealersDomain(parts.database()), new ThrowingDomain(parts.database())))) {
      TestClient client = server.newCompany();
      Queue<Integer> thrown = new ConcurrentLinkedQueue<>();
      Queue<Reply> served = new ConcurrentLinkedQueue<>();
      List<Thread> all = new ArrayList<>();
      for (String kind : KINDS) {
        for (int i = 0; i < CALLERS; i++) {
          all.add(calling(() -> thrown.add(status(client, "/api/throwing/" + kind))));
        }
      }
      all.add(calling(() -> served.add(client.get("/api/dealers?limit=5"))));
      all.add(
          calling(() -> served.add(client.post("/api/dealers", "{\"companyName\": \"Acme\"}"))));
      for (Thread thread : all) {
        thread.join();
      }
      assertThat(thrown).hasSize(KINDS.size() * CALLERS * CALLS).containsOnly(500, CUT_OFF);
      assertThat(served).extracting(Reply::status).containsOnly(200, 201);
      assertThat(client.get("/api/dealers?limit=100").expect(200).text().split("Acme", -1))
          .as("each write once")
          .hasSize(CALLS + 1);
      assertThat(server.leasesHeld()).isZero();
      assertThat(server.connectionsDestroyed()).as("a handler that throws costs none").isZero();
      trials.tried(thrown.size());
    }
  }

  private static final int CUT_OFF = 0;

  private static Thread calling(Runnable call) {
    return Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; i < CALLS; i++) {
                call.run();
              }
            });
  }

  /// A stream that breaks can only be cut off.
  private static int status(TestClient client, String path) {
    try {
      return client.get(path).status();
    } catch (UncheckedIOException broken) {
      return CUT_OFF;
    }
  }

  private static final class ThrowingDomain implements Domain {
    private static final Sql ONE = Sql.of("proof.select_one", "select 1 as n");

    private final Database database;

    ThrowingDomain(Database database) {
      this.database = database;
    }

    @Override
    public String name() {
      return "proof";
    }

    @Override
    public Schema schema() {
      return new Schema("proof", List.of(), Map.of());
    }

    @Override
    public void routes(Routes routes) {
      routes.get("/api/throwing/{kind}", this::fail);
    }

    private Answer fail(Request request) {
      switch (request.path("kind")) {
        case "in-a-read" ->
            database.one(
                ONE.with(),
                row -> {
                  throw new IllegalStateException("on purpose");
                });
        case "in-a-write" ->
            database.inTransaction(
                sql -> {
                  sql.one(ONE.with(), row -> row.integer("n"));
                  throw new UncheckedIOException(new IOException("on purpose"));
                });
        case "an-error" ->
            database.inTransaction(
                sql -> {
                  sql.one(ONE.with(), row -> row.integer("n"));
                  throw new AssertionError("on purpose");
                });
        case "too-deep" -> database.inTransaction(sql -> deeper(1));
        case "after" -> database.one(ONE.with(), row -> row.integer("n"));
        case "in-a-stream" -> {
          return Answer.stream(
              "text/plain",
              Optional.empty(),
              out -> {
                out.write(new byte[100_000]);
                database.one(ONE.with(), row -> row.integer("n"));
                throw new IOException("on purpose");
              });
        }
        default -> {
          // Throws before it has done anything.
        }
      }
      throw new IllegalStateException("on purpose");
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack is full
    private static int deeper(int depth) {
      return deeper(depth + 1) + 1;
    }

    @Override
    public InputStream openapi() {
      return new ByteArrayInputStream(
          """
          paths:
            /api/throwing/{kind}:
              get:
                responses:
                  "200":
                    description: It begins, and breaks off.
                    content: {text/plain: {}}
                  "500":
                    description: It throws.
                    content: {application/problem+json: {schema: {type: object}}}
          """
              .getBytes(StandardCharsets.UTF_8));
    }
  }
}
