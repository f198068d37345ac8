// expect: package javax.sql is not visible
package showfloor.evil;

final class NamesADataSource {
  javax.sql.DataSource kept;
}
