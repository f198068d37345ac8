/// The PostgreSQL JDBC driver (pgjdbc) as a real module. The class files are the published ones.
module org.postgresql.jdbc {
  exports org.postgresql;
  exports org.postgresql.core;
  exports org.postgresql.jdbc;
  exports org.postgresql.util;

  requires transitive java.sql;
  requires java.logging;
  requires java.management;
  requires java.naming;
  requires java.security.sasl;
  requires java.transaction.xa;
  requires java.xml;
  requires static java.desktop; // beans of the data source
  requires static java.security.jgss; // GSSAPI authentication

  uses java.sql.Driver;

  provides java.sql.Driver with
      org.postgresql.Driver;
}
