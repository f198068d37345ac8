package showfloor.subscriptions;

import java.util.UUID;

/// How a refresh of a customer's state ended.
public sealed interface Refreshed {

  /// The state is stored, or a later one was stored meanwhile: whatever had happened before this
  /// refresh began is in it.
  record Stored(UUID companyId) implements Refreshed {}

  /// The customer belongs to no company of ours.
  record UnknownCustomer() implements Refreshed {}

  /// Enters the rows of a company: [showfloor.dbapi.Job.Run#inCompany] does.
  @FunctionalInterface
  interface Entry {
    Refreshed in(UUID company, ScopedValue.CallableOp<Refreshed, RuntimeException> work);
  }
}
