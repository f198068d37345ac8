package showfloor.dbapi.runtime;

import java.util.List;

/// The database is not fit to start on. The message says why; [#statements] what an administrator
/// runs to change that, each without its semicolon.
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> statements;

  public StartException(String message, List<String> statements) {
    super(message + render(statements));
    this.statements = List.copyOf(statements);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
    this.statements = List.of();
  }

  public List<String> statements() {
    return statements;
  }

  private static String render(List<String> statements) {
    StringBuilder text = new StringBuilder();
    statements.forEach(statement -> text.append("\n  ").append(statement).append(';'));
    return text.toString();
  }
}
