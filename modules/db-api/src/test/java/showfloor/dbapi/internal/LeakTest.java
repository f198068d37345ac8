package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.dbclient.DbClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The ways in which a plain DbClient loses its connections for good (five of each empty a pool of
/// five), tried a thousand times each through the lease.
class LeakTest {
  private static final int TIMES = 1_000;
  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = Rig.open();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  @AfterEach
  void nothingIsLost() {
    rig.assertWhole();
  }

  @Test
  void aMisspeltParameterLosesNothing() {
    times(
        client ->
            assertThatThrownBy(
                    () ->
                        client
                            .execute()
                            .createNamedQuery("q", "select 1 where 1 = :id")
                            .addParam("idd", 1)
                            .execute()
                            .count())
                .isInstanceOf(RuntimeException.class));
  }

  @Test
  void aStreamThatNobodyReadsLosesNothing() {
    times(client -> assertThat(client.execute().query("select 1 as one")).isNotNull());
  }

  @Test
  void aTransactionThatNobodyEndsLosesNothing() {
    times(
        TIMES / 5, // each costs a connection
        client -> {
          var transaction = client.transaction();
          assertThat(transaction.query("select 1 as one").toList()).hasSize(1);
        });
  }

  @Test
  void aMapperThatThrowsLosesNothing() {
    times(
        client ->
            assertThatThrownBy(
                    () ->
                        client
                            .execute()
                            .query("select 1 as one")
                            .map(
                                row -> {
                                  throw new IllegalStateException("mapper");
                                })
                            .iterator()
                            .next())
                .hasMessageContaining("mapper"));
  }

  @Test
  void aViewThatIsKeptAndClosedClosesNothing() {
    times(
        client -> {
          var view = client.unwrap(java.sql.Connection.class);
          assertThatThrownBy(() -> view.unwrap(org.postgresql.PGConnection.class))
              .hasMessageContaining("cannot be unwrapped");
          try {
            view.close();
            assertThat(view.isClosed()).isFalse();
          } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void noChildOfAViewLeadsBackToTheConnection() {
    long destroyed = rig.pool().facts().totals().destroyed();
    times(
        client -> {
          try (var statement =
              client.unwrap(java.sql.Connection.class).prepareStatement("select '{1}'::int[]")) {
            var result = statement.executeQuery();
            result.next();
            statement.getConnection().close();
            result.getStatement().getConnection().close();
            result.getArray(1).getResultSet().getStatement().getConnection().close();
            statement.getConnection().getMetaData().getConnection().close();
            assertThat(statement.getConnection().isClosed()).isFalse();
            assertThat(rig.pool().facts().idle() + rig.pool().facts().leases().size())
                .isLessThanOrEqualTo(rig.pool().facts().open());
          } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(rig.pool().facts().totals().destroyed()).isEqualTo(destroyed);
  }

  @Test
  void outsideOfALeaseDbClientGetsNoConnectionAtAll() {
    assertThatThrownBy(() -> rig.leases().client().execute().query("select 1").count())
        .hasMessageContaining("no lease is held here");
  }

  private static void times(java.util.function.Consumer<DbClient> leak) {
    times(TIMES, leak);
  }

  private static void times(int times, java.util.function.Consumer<DbClient> leak) {
    AtomicInteger tried = new AtomicInteger();
    for (int i = 0; i < times; i++) {
      rig.leases()
          .lease(
              Rig.operation(Duration.ofSeconds(10)),
              lease -> {
                leak.accept(rig.leases().client());
                return tried.incrementAndGet();
              });
    }
    assertThat(tried).hasValue(times);
  }
}
