package showfloor.webhooks;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.Refreshed;
import showfloor.subscriptions.SubscriptionsDomain;

/// Works on events, customer by customer: takes them, has the customer's state fetched and stored,
/// and only then calls them done. Wherever it dies in between, they are taken again.
final class Worker {
  private static final Logger LOG = System.getLogger(Worker.class.getName());

  /// How long nobody else takes what was taken: longer than a fetch lasts. One that takes longer is
  /// made twice, and the later one counts.
  private static final Duration TAKEN_FOR = Duration.ofSeconds(30);

  private static final Duration RETRY_MIN = Duration.ofSeconds(2);

  /// Whoever has paid waits no longer than this once the provider is back.
  private static final Duration RETRY_MAX = Duration.ofMinutes(10);

  private static final Duration PARKED_MIN = Duration.ofSeconds(30);
  private static final Duration PARKED_MAX = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(90);

  private final Database database;
  private final SubscriptionsDomain subscriptions;
  private final InstantSource clock;
  private volatile Waiting waiting = new Waiting(0, 0);

  Worker(Database database, SubscriptionsDomain subscriptions, InstantSource clock) {
    this.database = database;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  /// What the last run left.
  Waiting waiting() {
    return waiting;
  }

  /// Works on everything that waits.
  void run(Job.Run run) {
    boolean worked = true;
    while (worked && run.goesOn()) {
      worked = step(run);
    }
    EventQueries.forget(database, clock.instant().minus(KEPT));
    waiting = EventQueries.waiting(database);
  }

  /// Works on one customer's events; false where there were none.
  private boolean step(Job.Run run) {
    Instant now = clock.instant();
    Optional<Taken> taken = EventQueries.take(database, provider(), now, now.plus(TAKEN_FOR));
    taken.ifPresent(events -> work(events, run));
    return taken.isPresent();
  }

  private void work(Taken taken, Job.Run run) {
    try {
      switch (subscriptions.refresh(taken.customerId(), run::inCompany)) {
        case Refreshed.Stored _ ->
            EventQueries.end(database, provider(), taken.events(), clock.instant());
        case Refreshed.UnknownCustomer _ -> park(taken);
      }
    } catch (PaymentException e) {
      Duration pause = doubled(RETRY_MIN, RETRY_MAX, taken.tries());
      EventQueries.delay(database, provider(), taken.events(), clock.instant().plus(pause));
      LOG.log(
          Level.WARNING,
          "Events of customer {0} are tried again in {1}: {2}",
          taken.customerId(),
          pause,
          e.getMessage());
    }
  }

  /// Somebody pays whom nobody knows: money without access, until the customer is known.
  private void park(Taken taken) {
    Duration pause = doubled(PARKED_MIN, PARKED_MAX, taken.tries());
    EventQueries.park(database, provider(), taken.events(), clock.instant().plus(pause));
    LOG.log(
        Level.WARNING,
        "Parked {0} of an unknown customer {1}; tried again in {2}",
        taken.events(),
        taken.customerId(),
        pause);
  }

  private static Duration doubled(Duration first, Duration most, int tries) {
    Duration pause = first.multipliedBy(1L << Math.clamp(tries - 1L, 0, 12));
    return pause.compareTo(most) < 0 ? pause : most;
  }

  private String provider() {
    return subscriptions.provider().name();
  }
}
