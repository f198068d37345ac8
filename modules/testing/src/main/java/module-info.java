/// Fixtures for the tests of every module: a real HTTP server on a real PostgreSQL, a client that
/// holds each answer against the API description, and a leak check after each test.
///
/// In a module's tests this code is on the class path; the descriptor fences it at compile time.
@org.jspecify.annotations.NullMarked
module showfloor.testing {
  exports showfloor.testing;
  exports showfloor.testing.faults;
  exports showfloor.testing.stripe;

  requires static transitive org.jspecify;
  requires transitive com.fasterxml.jackson.databind; // a reply's body is a JsonNode
  requires transitive java.net.http; // a client sends bodies of any kind
  requires transitive org.junit.jupiter.api; // the leak check is an extension
  requires transitive showfloor.httpapi; // a server is given domains
  requires com.networknt.schema;
  requires io.helidon.webserver;
  requires java.sql; // looks at the server past the pool
  requires showfloor.embeddedpostgres;
}
