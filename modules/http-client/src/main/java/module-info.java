/// The only way to call another server over HTTP: with a deadline, a bound on the answer, and never
/// while a connection of the pool is held.
@org.jspecify.annotations.NullMarked
module showfloor.httpclient {
  exports showfloor.httpclient;

  requires static transitive org.jspecify;
  requires java.net.http;
  requires showfloor.dbapi; // what is left of the running operation
}
