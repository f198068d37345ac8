package showfloor.dbapi;

/// Makes a value of one row. An exception in it ends the call; the connection goes back.
@FunctionalInterface
public interface RowMapper<T> {
  T map(Row row);
}
