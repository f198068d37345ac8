/// Who has paid, and what that opens: plans, checkout, the state of subscriptions, and the one rule
/// that decides whether a company has access.
@org.jspecify.annotations.NullMarked
module showfloor.subscriptions {
  exports showfloor.subscriptions;

  requires static transitive org.jspecify;
  requires transitive showfloor.dbapi; // SubscriptionsDomain is made with the Database
  requires transitive showfloor.httpapi; // SubscriptionsDomain is a Domain
}
