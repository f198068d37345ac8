package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.internal.Admission.Ticket;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;

/// Proof P4: whatever comes in whatever order, no permit is lost or given twice, nobody is
/// forgotten or overtaken. Random schedules in virtual time, each replayed by its seed, and every
/// interleaving of three callers on two permits.
class AdmissionSimulationTest {
  private static final long MS = 1_000_000;
  private static final List<Priority> CLASSES = List.of(Priority.values());
  private static final long SCHEDULES =
      "full".equals(System.getProperty("showfloor.proof")) ? 1_000_000 : 20_000;

  @Test
  void noScheduleBreaksTheGate() {
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      try {
        new Schedule(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("replay with new Schedule(%d).run()".formatted(seed), e);
      }
    }
    System.out.println("proof trials: " + SCHEDULES);
  }

  /// Three callers, each comes and goes twice: 34,650 orders, for every choice of their classes.
  @Test
  void noInterleavingOfThreeCallersBreaksIt() {
    long count = 0;
    for (Priority a : CLASSES) {
      for (Priority b : CLASSES) {
        for (Priority c : CLASSES) {
          count += interleave(List.of(a, b, c), new int[3], new ArrayList<>());
        }
      }
    }
    assertThat(count).isEqualTo(27 * 34_650);
    System.out.println("proof trials: " + count);
  }

  /// A violation is seen: two permits for one connection, which one schedule in ten finds.
  @Test
  void aBrokenGateIsFound() {
    long found = 0;
    for (long seed = 1; seed <= 50; seed++) {
      Schedule schedule = new Schedule(seed);
      schedule.breaks = true;
      try {
        schedule.run();
      } catch (AssertionError | RuntimeException e) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(25);
  }

  private static long interleave(List<Priority> classes, int[] done, List<Integer> order) {
    if (order.size() == 12) {
      replay(classes, order);
      return 1;
    }
    long count = 0;
    for (int caller = 0; caller < 3; caller++) {
      if (done[caller] < 4) {
        done[caller]++;
        order.add(caller);
        count += interleave(classes, done, order);
        order.removeLast();
        done[caller]--;
      }
    }
    return count;
  }

  private static void replay(List<Priority> classes, List<Integer> order) {
    Model model = new Model(2, 1_000 * MS);
    Ticket[] tickets = new Ticket[3];
    boolean[] inside = new boolean[3];
    for (int caller : order) {
      model.now += MS;
      if (inside[caller]) {
        model.end(tickets[caller]);
      } else {
        tickets[caller] = model.ask(classes.get(caller), "op" + caller, 10_000);
      }
      inside[caller] = !inside[caller];
      model.check();
    }
    model.checkEmpty();
  }

  /// The gate, and what must be true of it.
  private static final class Model {
    final Admission gate;
    final List<Ticket> holding = new ArrayList<>();
    final List<Ticket> waiting = new ArrayList<>();
    int permits;
    long now;

    Model(int permits, long now) {
      this.permits = permits;
      this.now = now;
      this.gate = new Admission(permits, Duration.ofSeconds(10), now);
    }

    Ticket ask(Priority priority, String name, long withinMs) {
      Operation operation = Operation.of("shop", name, "r", 0, Duration.ofSeconds(10), priority);
      Ticket ticket = gate.ask(operation, now + withinMs * MS, null, now);
      waiting.add(ticket);
      return ticket;
    }

    /// The caller goes, from wherever it got to.
    void end(Ticket ticket) {
      if (holding.remove(ticket)) {
        gate.leave(ticket.operation, now - ticket.since, now);
      } else {
        gate.giveUp(ticket, Refusal.INTERRUPTED, now);
      }
    }

    void check() {
      for (Ticket ticket : List.copyOf(waiting)) {
        if (ticket.isDecided()) {
          assertThat(ticket.isGranted()).isNotEqualTo(ticket.refusal() != null);
          waiting.remove(ticket);
          if (ticket.isGranted()) {
            noneOvertaken(ticket);
            holding.add(ticket);
          }
        }
      }
      assertThat(gate.free() + holding.size()).as("permits").isEqualTo(permits);
      assertThat(gate.waiting()).as("in line").isEqualTo(waiting.size());
      for (Ticket ticket : waiting) {
        assertThat(gate.nextLook(ticket)).as("it is looked at again, later").isGreaterThan(now);
        assertThat(gate.free() > 0 && ticket.operation.priority() == Priority.HIGH)
            .as("a free permit beside an urgent waiter")
            .isFalse();
      }
    }

    /// Of its class, who came before is served before.
    private void noneOvertaken(Ticket granted) {
      assertThat(waiting)
          .noneMatch(
              other ->
                  !other.isDecided()
                      && other.operation.priority() == granted.operation.priority()
                      && other.since < granted.since);
    }

    void checkEmpty() {
      while (!holding.isEmpty()) {
        now += MS;
        end(holding.getFirst());
        check();
      }
      assertThat(gate.waiting()).isZero();
      assertThat(gate.free()).isEqualTo(permits);
    }
  }

  private static final class Schedule {
    private final Random random;
    private final Model model;
    private boolean breaks;

    Schedule(long seed) {
      random = new Random(seed);
      model = new Model(1 + random.nextInt(5), random.nextLong());
    }

    void run() {
      for (int event = 0; event < 60; event++) {
        model.now += random.nextInt(4) * (random.nextInt(60) * MS);
        step(random.nextInt(12));
        model.gate.look(model.now);
        model.check();
      }
      // Everything ends: by its permit, or at the latest at its deadline.
      while (!model.waiting.isEmpty()) {
        model.now = model.gate.nextLook(model.waiting.get(random.nextInt(model.waiting.size())));
        model.gate.look(model.now);
        model.check();
        if (!model.holding.isEmpty() && random.nextBoolean()) {
          model.end(model.holding.getFirst());
          model.check();
        }
      }
      model.checkEmpty();
    }

    private void step(int kind) {
      switch (kind) {
        case 0, 1, 2, 3, 4, 5 -> {
          Priority priority = CLASSES.get(random.nextInt(CLASSES.size()));
          Ticket ticket = model.ask(priority, "op" + random.nextInt(4), 1 + random.nextInt(12_000));
          if (random.nextInt(4) == 0) {
            ticket.operation.progress().begin();
          }
        }
        case 6 -> {
          if (!model.waiting.isEmpty()) {
            model.end(model.waiting.get(random.nextInt(model.waiting.size())));
          }
        }
        case 7 -> {
          if (random.nextInt(20) == 0) {
            model.permits++;
            model.gate.grow(1, model.now);
          }
        }
        default -> {
          if (!model.holding.isEmpty()) {
            Ticket ticket = model.holding.get(random.nextInt(model.holding.size()));
            model.end(ticket);
            if (breaks) {
              model.gate.giveBack(ticket.operation, model.now);
            }
          }
        }
      }
    }
  }
}
