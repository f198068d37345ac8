/// The only way to the database: the one pool, leases, units of work, tenancy, deadlines,
/// admission, migrations, monitoring, and the pool's shutdown. No JDBC, HikariCP or DbClient type
/// leaves it.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the friends of a qualified export are built later
module showfloor.dbapi {
  exports showfloor.dbapi;
  exports showfloor.dbapi.runtime to
      showfloor.app,
      showfloor.httpapi,
      showfloor.httpclient,
      showfloor.testing;
  exports showfloor.dbapi.sockets to
      org.postgresql.jdbc; // makes its factory by name

  requires static transitive org.jspecify;
  requires com.zaxxer.hikari;
  requires io.helidon.dbclient;
  requires io.helidon.dbclient.jdbc;
  requires jdk.net; // when TCP misses a peer
  requires java.sql; // never transitive: a domain must not see JDBC
  requires org.postgresql.jdbc;
}
