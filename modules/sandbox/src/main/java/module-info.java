/// A payment provider that moves no money: checkout page, clock that can be moved, and real signed
/// events over HTTP to the server itself.
@org.jspecify.annotations.NullMarked
module showfloor.sandbox {
  exports showfloor.sandbox;

  requires static transitive org.jspecify;
  requires transitive showfloor.httpclient; // SandboxDomain is made with the calls that it may make
  requires transitive showfloor.subscriptions; // it is a PaymentProvider
}
