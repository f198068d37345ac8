package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.runtime.IdempotencyKeys;
import showfloor.dbapi.runtime.IdempotencyKeys.Claim;
import showfloor.dbapi.runtime.IdempotencyKeys.Fresh;
import showfloor.dbapi.runtime.IdempotencyKeys.InFlight;
import showfloor.dbapi.runtime.IdempotencyKeys.Replay;
import showfloor.dbapi.runtime.IdempotencyKeys.Stored;

class IdempotencyKeysTest {
  private static final byte[] FINGERPRINT = {1, 2, 3};
  private static final int CALLERS = 40;

  private static Rig rig;
  private final IdempotencyKeys keys = new IdempotencyKeys();

  @BeforeAll
  static void open() {
    rig = Rig.open();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  @AfterEach
  void thePoolIsWhole() {
    rig.assertWhole();
  }

  @Test
  void ofManySimultaneousFirstUsesOneDoesTheWork() throws Exception {
    Queue<Claim> claims = new ConcurrentLinkedQueue<>();
    CountDownLatch together = new CountDownLatch(CALLERS);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    together.countDown();
                    try {
                      together.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    claims.add(use("many"));
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(claims)
        .hasSize(CALLERS)
        .hasOnlyElementsOfTypes(Fresh.class, InFlight.class, Replay.class);
    assertThat(claims).filteredOn(Fresh.class::isInstance).hasSize(1);
    assertThat(use("many")).isInstanceOf(Replay.class);
  }

  @Test
  void aKeyIsKnownForADayAndFreshAfterIt() {
    assertThat(use("day")).isInstanceOf(Fresh.class);
    age("23 hours 59 minutes");
    assertThat(use("day")).isInstanceOf(Replay.class);
    age("1 minute");
    assertThat(use("day")).isInstanceOf(Fresh.class);
    assertThat(use("day")).as("stored anew").isInstanceOf(Replay.class);
  }

  @Test
  void whatIsStoredSweepsWhatTheSameCompanyLeftToExpire() {
    use("old");
    age("25 hours");
    use("new");
    assertThat(TestServer.countOf(rig.databaseName(), "dbapi.idempotency_keys", Rig.BOLT))
        .isEqualTo(1);
  }

  /// Claims, and does the work where it is to be done.
  private Claim use(String key) {
    return Rig.as(
        Rig.BOLT,
        () ->
            rig.database()
                .inTransaction(
                    sql -> {
                      Claim claim = keys.claim(sql, key, FINGERPRINT);
                      if (claim instanceof Fresh) {
                        byte[] body = key.getBytes(StandardCharsets.UTF_8);
                        keys.store(sql, key, FINGERPRINT, new Stored(201, "", body));
                      }
                      return claim;
                    }));
  }

  private static void age(String interval) {
    TestServer.asOwner(
        rig.databaseName(),
        "set app.company_id = '%s'".formatted(Rig.BOLT),
        "update dbapi.idempotency_keys set created_at = created_at - interval '%s'"
            .formatted(interval));
  }
}
