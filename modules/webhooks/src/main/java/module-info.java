/// What the payment provider tells: events are verified, stored once, and lead to a fetch of the
/// state that they are about.
@org.jspecify.annotations.NullMarked
module showfloor.webhooks {
  exports showfloor.webhooks;

  requires static transitive org.jspecify;
  requires transitive showfloor.subscriptions; // an event is about a customer's subscriptions
}
