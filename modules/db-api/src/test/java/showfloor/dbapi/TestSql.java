package showfloor.dbapi;

/// Declares statements in the name of the test modules `shop` and `other`.
public final class TestSql {
  private TestSql() {}

  public static Sql of(String name, String text) {
    return Sql.declare(name.substring(0, name.indexOf('.')), name, text);
  }
}
