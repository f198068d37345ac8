// expect: showfloor.evil requires java.sql.rowset: only showfloor.dbapi
// descriptor: requires java.sql.rowset; requires java.sql;
package showfloor.evil;

final class RequiresRowSets {
  Object rows() throws Exception {
    return javax.sql.rowset.RowSetProvider.newFactory().createJdbcRowSet();
  }
}
