package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.TestSql;

/// A handler that sends a statement and calls itself, without end: its stack is full in the middle
/// of the driver, where half of an answer has been read. The next holder must not get the rest.
class RunawayRecursionTest {
  private static final Sql ECHO = TestSql.of("shop.echo", "select :n::int as n");
  private static final int TRIALS = 12;
  private static final int STACK = 192 << 10;
  private static final int CONNECTIONS = 2;

  private static final Rig RIG = Rig.open(CONNECTIONS);

  @AfterAll
  static void close() {
    RIG.close();
  }

  @Test
  void nobodyGetsTheAnswerOfAnother() throws InterruptedException {
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    int overflowed = 0;
    for (int i = 0; i < TRIALS; i++) {
      overflowed += overflows(i % 2 == 0) ? 1 : 0;
      for (int n = 0; n < 2 * CONNECTIONS; n++) {
        int sent = 1_000_000 + i * 10 + n;
        int got = Rig.as(Rig.BOLT, () -> echo(RIG.database(), sent));
        if (got != sent) {
          wrong.add("sent %d, got %d".formatted(sent, got));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(overflowed).isEqualTo(TRIALS);
    RIG.assertWhole();
    assertThat(RIG.pool().facts().totals().destroyed())
        .as("of those that broke off inside the driver")
        .isPositive();
  }

  private static boolean overflows(boolean inAUnit) throws InterruptedException {
    Queue<Throwable> caught = new ConcurrentLinkedQueue<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                Rig.as(
                    Rig.ACME,
                    () ->
                        inAUnit
                            ? RIG.database().inTransaction(sql -> descend(sql, 1))
                            : descend(RIG.database(), 1));
              } catch (StackOverflowError e) {
                caught.add(e);
              }
            },
            "runaway",
            STACK);
    thread.start();
    thread.join();
    return !caught.isEmpty();
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack is full
  private static int descend(SqlWriter sql, int depth) {
    return echo(sql, depth) + descend(sql, depth + 1);
  }

  private static int echo(SqlWriter sql, int n) {
    return sql.one(ECHO.with("n", n), row -> row.integer("n"));
  }
}
