// expect: package java.sql is not visible
package showfloor.evil;

final class NamesJdbc {
  java.sql.Connection kept;
}
