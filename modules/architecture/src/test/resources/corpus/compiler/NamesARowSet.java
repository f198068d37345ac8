// expect: package javax.sql.rowset is not visible
package showfloor.evil;

final class NamesARowSet {
  Object rows = javax.sql.rowset.RowSetProvider.newFactory();
}
