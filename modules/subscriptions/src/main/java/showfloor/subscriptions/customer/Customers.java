package showfloor.subscriptions.customer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Caller;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.PaymentProvider.NewCustomer;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.Refreshed;
import showfloor.subscriptions.access.Standing;

/// Companies as customers of the provider, and what is stored of their subscriptions. Calls to the
/// provider are made between leases. Thread-safe.
public final class Customers {
  private static final Logger LOG = System.getLogger(Customers.class.getName());
  private static final int LOOKS_AT_ONCE = 20;

  /// A look that fails is tried again after this.
  private static final Duration LOOK_RETRY = Duration.ofMinutes(10);

  private final Database database;
  private final PaymentProvider provider;
  private final Consumer<UUID> accessChanged;
  private final InstantSource clock;

  /// @param accessChanged told of each company whose state was stored
  public Customers(
      Database database,
      PaymentProvider provider,
      Consumer<UUID> accessChanged,
      InstantSource clock) {
    this.database = database;
    this.provider = provider;
    this.accessChanged = accessChanged;
    this.clock = clock;
  }

  /// The caller as a payer; empty when the user was removed a moment ago. One statement.
  public Optional<Payer> payer(Caller caller) {
    return CustomerQueries.payer(database, provider.name(), caller.userId());
  }

  /// The company's customer, made where there is none yet: stored before anything can be paid, so
  /// that no event is of somebody unknown.
  public String customerOf(Payer payer) {
    if (payer.customerId() != null) {
      return payer.customerId();
    }
    String made =
        provider.createCustomer(
            new NewCustomer(payer.companyId(), payer.companyName(), payer.email()));
    return CustomerQueries.add(database, provider.name(), made, payer.companyId(), clock.instant());
  }

  /// Fetches the state of a customer and stores it.
  public Refreshed refresh(String customerId, Refreshed.Entry entry) {
    Optional<Fetch> begun = CustomerQueries.beginFetch(database, provider.name(), customerId);
    if (begun.isEmpty()) {
      return new Refreshed.UnknownCustomer();
    }
    Fetch fetch = begun.get();
    List<ProviderSubscription> all = provider.subscriptionsOf(fetch.customerId());
    return entry.in(fetch.companyId(), () -> store(fetch, all));
  }

  /// The same for the company of the running request; false where it is no customer yet.
  public boolean refreshOwn(UUID companyId) {
    Optional<Fetch> begun = CustomerQueries.beginFetchOf(database, provider.name(), companyId);
    begun.ifPresent(fetch -> store(fetch, provider.subscriptionsOf(fetch.customerId())));
    return begun.isPresent();
  }

  private Refreshed store(Fetch fetch, List<ProviderSubscription> all) {
    Instant now = clock.instant();
    @Nullable Instant look = NextLook.after(all, fetch.checkoutAt(), now).orElse(null);
    boolean stored =
        database.inTransaction(
            sql -> {
              // First, because it locks the customer: what follows is written by one at a time.
              boolean latest = CustomerQueries.endFetch(sql, provider.name(), fetch, now, look);
              if (latest) {
                write(sql, fetch.companyId(), all);
              }
              return latest;
            });
    accessChanged.accept(fetch.companyId());
    LOG.log(Level.DEBUG, "Fetch {0} of {1}: stored {2}", fetch.no(), fetch.customerId(), stored);
    return new Refreshed.Stored(fetch.companyId());
  }

  private void write(SqlWriter sql, UUID companyId, List<ProviderSubscription> all) {
    for (ProviderSubscription each : all) {
      CustomerQueries.store(sql, companyId, UuidV7.next(), provider.name(), each);
    }
    Standing.deciding(all)
        .ifPresent(s -> CustomerQueries.storeStanding(sql, companyId, provider.name(), s.id()));
  }

  /// Looks after customers of whom news is due: an event may have been lost.
  public void lookAfter(Job.Run run) {
    Instant now = clock.instant();
    List<String> due =
        CustomerQueries.takeLooks(
            database, provider.name(), now, now.plus(LOOK_RETRY), LOOKS_AT_ONCE);
    for (String customer : due) {
      if (run.goesOn()) {
        look(customer, run);
      }
    }
  }

  private void look(String customer, Job.Run run) {
    try {
      refresh(customer, run::inCompany);
    } catch (PaymentException e) {
      LOG.log(Level.WARNING, "Customer {0} is looked after later: {1}", customer, e.getMessage());
    }
  }
}
