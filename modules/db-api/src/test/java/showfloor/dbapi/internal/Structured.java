package showfloor.dbapi.internal;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;

/// A child of a structured scope, which inherits what its parent has bound. The scope is still a
/// preview in Java 25: named by reflection, it needs no flag of the compiler or the machine.
final class Structured {
  private static final String SCOPE = "java.util.concurrent.StructuredTaskScope";

  private Structured() {}

  /// Runs `work` as the only child, and answers or throws as it does.
  static <T> T child(Callable<T> work) throws Exception {
    Class<?> type = Class.forName(SCOPE);
    try (AutoCloseable scope = (AutoCloseable) type.getMethod("open").invoke(null)) {
      Object child = type.getMethod("fork", Callable.class).invoke(scope, work);
      type.getMethod("join").invoke(scope);
      @SuppressWarnings("unchecked")
      T result = (T) Class.forName(SCOPE + "$Subtask").getMethod("get").invoke(child);
      return result;
    } catch (InvocationTargetException e) {
      Throwable failure = e;
      while (failure.getCause() != null) {
        failure = failure.getCause();
      }
      throw failure instanceof Exception exception ? exception : e;
    }
  }
}
