/// Payment by Stripe: the payment provider over its HTTP API.
@org.jspecify.annotations.NullMarked
module showfloor.stripe {
  exports showfloor.stripe;

  requires static transitive org.jspecify;
  requires transitive showfloor.httpclient; // the only door to the network
  requires transitive showfloor.subscriptions; // PaymentProvider is theirs
  requires showfloor.dbapi; // no call goes out inside a lease
  requires showfloor.httpapi; // reads JSON of others
}
