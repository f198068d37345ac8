// expect: showfloor.evil requires org.postgresql.jdbc: only showfloor.dbapi
// descriptor: requires org.postgresql.jdbc;
package showfloor.evil;

final class RequiresTheDriver {
  org.postgresql.PGConnection kept;
}
