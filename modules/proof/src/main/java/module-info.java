/// The proof suite: kills, cuts off, freezes and floods Showfloor, and counts what was lost.
///
/// Its tests are the proofs that need a process or a network of their own, each named by its id;
/// the others live beside what they break (`Elsewhere` lists them). `mvn verify` runs them small,
/// `mvn -Pproof verify` as large as a release wants them. A table of all is printed at the end.
@org.jspecify.annotations.NullMarked
module showfloor.proof {
  requires static org.jspecify;
  requires java.net.http; // loads the server as its users do
  requires java.sql; // looks at PostgreSQL past the pool
  requires showfloor.dbapi; // the fault matrix works on a pool as a domain does
  requires showfloor.dealers; // works on beside a module that throws
  requires showfloor.embeddedpostgres; // one proof puts a network before it
  requires showfloor.httpapi; // one proof brings a module that throws
}
