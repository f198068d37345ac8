package showfloor.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.SqlWriter;
import showfloor.subscriptions.SubscriptionStatus;

/// What a payer and a tester do in the sandbox. Thread-safe.
final class Shop {
  /// How many subscriptions are billed in one unit of work.
  private static final int DUE_AT_ONCE = 500;

  private final Database database;
  private final SandboxProvider provider;
  private final Deliveries deliveries;
  private final Runnable clockMoved;
  private final InstantSource clock;

  /// @param clockMoved told when time itself has changed: whatever was decided by it is old
  Shop(
      Database database,
      SandboxProvider provider,
      Deliveries deliveries,
      Runnable clockMoved,
      InstantSource clock) {
    this.database = database;
    this.provider = provider;
    this.deliveries = deliveries;
    this.clockMoved = clockMoved;
    this.clock = clock;
  }

  /// How it ended.
  sealed interface Outcome {
    /// @param paid whether the checkout is paid
    /// @param applied whether the server knows
    record Done(StoredCheckout checkout, boolean paid, boolean applied) implements Outcome {}

    record NoCheckout() implements Outcome {}

    /// The customer pays for another subscription already.
    record AlreadySubscribed() implements Outcome {}
  }

  /// What a transaction has done, and has to tell.
  private record Step(Outcome outcome, List<StoredEvent> events) {}

  /// A page of a checkout that is shown.
  Optional<StoredCheckout> checkout(String id) {
    return SandboxQueries.checkout(database, id);
  }

  /// The card pays: for a new subscription, or what is due for the one that was bought here.
  ///
  /// @param lost the events get lost on their way
  Outcome pay(String checkoutId, boolean lost) {
    return told(
        database.inTransaction(
            sql ->
                SandboxQueries.holdCheckout(sql, checkoutId)
                    .map(checkout -> pay(sql, checkout))
                    .orElseGet(() -> new Step(new Outcome.NoCheckout(), List.of()))),
        lost);
  }

  private Step pay(SqlWriter sql, StoredCheckout checkout) {
    if (checkout.subscriptionId() != null) {
      return payDue(sql, checkout, checkout.subscriptionId());
    }
    boolean subscribed =
        SandboxQueries.sales(sql, checkout.customerId()).stream().anyMatch(sale -> !sale.isOver());
    if (subscribed) {
      return new Step(new Outcome.AlreadySubscribed(), List.of());
    }
    Sale sale =
        Sale.begun(
            "sub_sandbox_" + EventJson.compact(),
            checkout.customerId(),
            checkout.plan(),
            provider.now(sql));
    List<StoredEvent> events = new ArrayList<>();
    events.add(provider.stored(sql, sale, "customer.subscription.created"));
    events.add(
        provider.told(sql, sale, "checkout.session.completed", "checkout.session", checkout.id()));
    events.add(invoice(sql, sale, "invoice.payment_succeeded"));
    SandboxQueries.pay(sql, checkout.id(), sale.subscription().id());
    return new Step(new Outcome.Done(checkout, true, false), events);
  }

  private Step payDue(SqlWriter sql, StoredCheckout checkout, String subscriptionId) {
    Outcome done = new Outcome.Done(checkout, true, false);
    return SandboxQueries.holdSale(sql, subscriptionId)
        .filter(sale -> !sale.isOver() && (sale.declines() || isPastDue(sale)))
        .map(
            sale ->
                new Step(
                    done,
                    List.of(
                        invoice(sql, sale, "invoice.payment_succeeded"),
                        provider.stored(sql, sale.paid(), "customer.subscription.updated"))))
        .orElseGet(() -> new Step(done, List.of()));
  }

  private static boolean isPastDue(Sale sale) {
    return sale.subscription().status() == SubscriptionStatus.PAST_DUE;
  }

  /// The card declines: the checkout stays open, or the subscription that was bought here has its
  /// next payment due at once, unpaid.
  Outcome decline(String checkoutId, boolean lost) {
    return told(
        database.inTransaction(
            sql ->
                SandboxQueries.holdCheckout(sql, checkoutId)
                    .map(checkout -> decline(sql, checkout))
                    .orElseGet(() -> new Step(new Outcome.NoCheckout(), List.of()))),
        lost);
  }

  private Step decline(SqlWriter sql, StoredCheckout checkout) {
    Optional<Sale> sale =
        Optional.ofNullable(checkout.subscriptionId())
            .flatMap(id -> SandboxQueries.holdSale(sql, id))
            .filter(found -> !found.isOver());
    List<StoredEvent> events = new ArrayList<>();
    sale.map(running -> running.declined(provider.now(sql)))
        .ifPresent(
            unpaid -> {
              events.add(invoice(sql, unpaid, "invoice.payment_failed"));
              events.add(provider.stored(sql, unpaid, "customer.subscription.updated"));
            });
    return new Step(new Outcome.Done(checkout, sale.isPresent(), false), events);
  }

  private StoredEvent invoice(SqlWriter sql, Sale sale, String type) {
    return provider.told(sql, sale, type, "invoice", "in_sandbox_" + EventJson.compact());
  }

  private Outcome told(Step step, boolean lost) {
    if (lost) {
      deliveries.lose(step.events());
      return step.outcome();
    }
    boolean applied = deliveries.settle(step.events());
    return step.outcome() instanceof Outcome.Done done
        ? new Outcome.Done(done.checkout(), done.paid(), applied)
        : step.outcome();
  }

  /// The clock after it was moved.
  ///
  /// @param applied whether the server knows of all that came of it
  record Moved(Instant now, boolean applied) {}

  /// Moves the clock by `step`, or back where that is negative.
  Moved advance(Duration step) {
    return move(sql -> SandboxQueries.holdAhead(sql) + step.toMillis());
  }

  /// Sets the clock.
  Moved set(Instant now) {
    long ahead = Duration.between(clock.instant(), now).toMillis();
    return move(sql -> ahead);
  }

  /// How far ahead the clock is to be.
  private interface Ahead {
    long of(SqlWriter sql);
  }

  private Moved move(Ahead ahead) {
    Ticked ticked =
        database.inTransaction(
            sql -> {
              SandboxQueries.setClock(sql, ahead.of(sql));
              return tick(sql);
            });
    clockMoved.run();
    while (!ticked.events().isEmpty()) {
      if (!deliveries.settle(ticked.events())) {
        // What else is due would be in the way of events that are late already: the job bills it.
        return new Moved(ticked.now(), false);
      }
      ticked = database.inTransaction(this::tick);
    }
    return new Moved(ticked.now(), true);
  }

  /// What time has brought by itself.
  void tick(Job.Run run) {
    while (run.goesOn()) {
      List<StoredEvent> events = database.inTransaction(this::tick).events();
      if (events.isEmpty() || !deliveries.deliver(events)) {
        return;
      }
    }
  }

  /// @param events what a slice of all that is due came to; none when nothing is due
  private record Ticked(Instant now, List<StoredEvent> events) {}

  /// A slice at a time, so that no unit of work grows with the number of customers. Those who tick
  /// take turns: where two want the same slice, the second would find nothing left of it, and take
  /// that for nothing due.
  private Ticked tick(SqlWriter sql) {
    Instant now = provider.now(SandboxQueries.holdAhead(sql));
    List<StoredEvent> events = new ArrayList<>();
    SandboxQueries.holdDue(sql, now, DUE_AT_ONCE).forEach(sale -> tick(sql, sale, now, events));
    return new Ticked(now, events);
  }

  /// Lets its periods end one after another, up to now.
  private void tick(SqlWriter sql, Sale due, Instant now, List<StoredEvent> events) {
    Sale sale = due;
    for (Optional<Sale> next = sale.ticked(now); next.isPresent(); next = sale.ticked(now)) {
      sale = next.get();
    }
    if (!sale.equals(due)) {
      if (isPastDue(sale)) {
        events.add(invoice(sql, sale, "invoice.payment_failed"));
      }
      String word =
          sale.isOver() ? "customer.subscription.deleted" : "customer.subscription.updated";
      events.add(provider.stored(sql, sale, word));
    }
  }
}
