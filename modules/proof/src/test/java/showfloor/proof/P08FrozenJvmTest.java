package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;

/// The process stops in the middle of everything, its sockets stay open, and later it goes on as if
/// nothing had happened.
///
/// No timeout of PostgreSQL ends a session that waits for the rest of a message (COPY is the worst
/// case; the product sends none, an import's statements are its largest messages).
@Proof(
    id = "P8",
    what =
        "SIGSTOP under load and in an import, SIGCONT later: a second replica ends the sessions of"
            + " the frozen one within 12 s and serves on; the woken one writes nothing that it does"
            + " not acknowledge, and serves again")
class P08FrozenJvmTest {
  private static final Duration REAPED_LIMIT = Duration.ofSeconds(12);
  private static final int CLIENTS = 8;

  @Test
  void theFrozenAreReapedAndTheWokenAreFenced(Trials trials) {
    trials.run(
        Size.FREEZES,
        (number, random) -> {
          try (Launched frozen = Distribution.start()) {
            Company company = Company.signUp(frozen.client());
            String name = instance();
            try (Launched peer = Distribution.start()) {
              peer.client();
              freeze(frozen, peer, new Names(name, company), random, trials);
            }
          }
        });
  }

  /// @param instance what the sessions of the frozen replica are called
  private record Names(String instance, Company company) {
    int sessions() {
      return Observer.number(
          "select count(*) from pg_stat_activity where application_name like '%s%%'"
              .formatted(instance));
    }
  }

  private static void freeze(
      Launched frozen, Launched peer, Names names, Random random, Trials trials) {
    Company company = names.company();
    Load load = Load.start(frozen.address(), company, CLIENTS, random);
    LockSupport.parkNanos(Duration.ofMillis(300 + random.nextInt(1_000)).toNanos());
    frozen.signal("STOP");
    long began = System.nanoTime();
    load.sendNoMore();
    assertThat(names.sessions()).as("sessions that it holds").isPositive();
    Observer.await("its sessions are ended", Size.limit(REAPED_LIMIT), () -> names.sessions() == 0);
    Duration reaped = Duration.ofNanos(System.nanoTime() - began);
    trials.took("sessions of the frozen gone", reaped);
    try (HttpLine line = new HttpLine(peer.address(), company.token())) {
      assertThat(line.send("GET", "/api/dealers?limit=1", "", "").isStatus(200)).isTrue();
    }
    LockSupport.parkNanos(Math.max(0, Size.FROZEN.toNanos() - (System.nanoTime() - began)));
    Set<String> before = company.dealers();
    Set<String> acknowledgedBefore = new HashSet<>(load.acknowledged());
    frozen.signal("CONT");
    load.await();
    Set<String> written = company.dealers();
    assertThat(written).as("acknowledged").containsAll(load.acknowledged());
    written.removeAll(before);
    Set<String> acknowledged = new HashSet<>(load.acknowledged());
    acknowledged.removeAll(acknowledgedBefore);
    assertThat(acknowledged).as("what was written by the woken").containsAll(written);
    try (HttpLine line = new HttpLine(frozen.address(), company.token())) {
      Observer.await(
          "the woken serves again",
          () -> line.send("GET", "/api/dealers?limit=1", "", "").isStatus(200));
    }
    assertThat(reaped).isLessThanOrEqualTo(Size.limit(REAPED_LIMIT));
  }

  /// What the only replica's sessions are called.
  private static String instance() {
    return Observer.text(
        "select min(split_part(application_name, ' ', 1)) from pg_stat_activity"
            + " where application_name like 'showfloor/%'");
  }
}
