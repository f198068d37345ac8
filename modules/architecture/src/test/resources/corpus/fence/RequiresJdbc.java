// expect: showfloor.evil requires java.sql: only showfloor.dbapi reaches the database
// descriptor: requires java.sql;
package showfloor.evil;

final class RequiresJdbc {
  java.sql.Connection kept;
}
