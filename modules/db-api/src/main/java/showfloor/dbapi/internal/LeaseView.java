package showfloor.dbapi.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is handed on of a leased connection. Its `close` does nothing, and no statement, result or
/// metadata made by it leads back to the connection itself: each answers with the view, so that
/// nobody but the lease can give the connection back.
final class LeaseView {
  /// The most special first: a prepared statement is a statement too.
  private static final List<Class<?>> CHILDREN =
      List.of(
          CallableStatement.class,
          PreparedStatement.class,
          Statement.class,
          ResultSet.class,
          DatabaseMetaData.class,
          Array.class);

  private final Connection connection;

  private LeaseView(Connection physical) {
    this.connection = (Connection) proxy(Connection.class, physical);
  }

  static Connection of(Connection physical) {
    return new LeaseView(physical).connection;
  }

  private Object proxy(Class<?> type, Object target) {
    return Proxy.newProxyInstance(
        LeaseView.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> answer(target, method, arguments));
  }

  private @Nullable Object answer(Object target, Method method, @Nullable Object[] arguments)
      throws Throwable {
    boolean ends = method.getName().equals("close") || method.getName().equals("abort");
    if (ends && target instanceof Connection) {
      return null;
    }
    if (method.getName().equals("unwrap")) {
      throw new SQLException("a lease's view cannot be unwrapped");
    }
    if (method.getName().equals("setSchema")) {
      // Servers before 18 do not report it, so it would reach the next lease unnoticed.
      throw new SQLException("a lease's schema cannot be changed");
    }
    try {
      return wrapped(method.invoke(target, arguments));
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private @Nullable Object wrapped(@Nullable Object value) {
    if (value instanceof Connection) {
      return connection;
    }
    for (Class<?> type : CHILDREN) {
      if (type.isInstance(value)) {
        return proxy(type, value);
      }
    }
    return value;
  }
}
