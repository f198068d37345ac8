package showfloor.dbapi;

import java.lang.StackWalker.Option;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.internal.SqlFence;
import showfloor.dbapi.internal.SqlText;

/// One statement as a constant of the module that declares it.
///
/// The text is a single SELECT, INSERT, UPDATE, DELETE, MERGE or WITH, with named parameters
/// (`:name`). Anything else is refused when the constant's class is loaded, with
/// `IllegalArgumentException`: row-level security and module roles do not hold against a statement
/// that calls `set_config` itself. [SqlFence] has the rules and the list of allowed functions.
///
/// Immutable and thread-safe.
public final class Sql {
  private static final StackWalker CALLER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
  private static final String MODULE_PREFIX = "showfloor.";

  private final String module;
  private final String name;
  private final SqlText text;
  private final boolean plannedAnew;

  private Sql(String module, String name, SqlText text, boolean plannedAnew) {
    this.module = module;
    this.name = name;
    this.text = text;
    this.plannedAnew = plannedAnew;
  }

  /// Declares a statement.
  ///
  /// @param name `module.verb_noun`, such as `dealers.find_dealer`; it is in metrics, errors and
  ///   `pg_stat_activity`. The module is the one whose class calls this method.
  public static Sql of(String name, String text) {
    Module module = CALLER.getCallerClass().getModule();
    if (!module.isNamed() || !module.getName().startsWith(MODULE_PREFIX)) {
      throw new IllegalArgumentException(
          "statement %s: declared by %s, which is no module of Showfloor".formatted(name, module));
    }
    return declare(module.getName().substring(MODULE_PREFIX.length()), name, text);
  }

  static Sql declare(String module, String name, String text) {
    if (!name.matches(module + "\\.[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "statement %s: its name must be %s.verb_noun".formatted(name, module));
    }
    SqlText parsed = SqlText.parse(name, text);
    Optional<String> refusal = SqlFence.refusal(module, parsed);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException("statement %s: %s".formatted(name, refusal.get()));
    }
    return SqlRegistry.register(new Sql(module, name, parsed, false));
  }

  /// The statement with its parameters: `FIND.with("id", id)`. Each named parameter once, in any
  /// order; a missing, repeated or unknown one is an `IllegalArgumentException`.
  ///
  /// Values: `String`, `UUID`, `Integer`, `Long`, `Double`, `Boolean`, `BigDecimal`, `Instant`,
  /// `LocalDate`, `byte[]`, arrays of `String`, `UUID`, `Integer`, `Long` or `Boolean`, or null. A
  /// null is sent as text: where it is not for a column of text, the statement casts it
  /// (`:rating::int`).
  public BoundSql with(@Nullable Object... namesAndValues) {
    return BoundSql.of(this, namesAndValues);
  }

  /// The same statement, planned anew each time. For one that reads much of a company: PostgreSQL
  /// keeps the plan of one that is sent often, and what is right for a large company reads all of
  /// its rows for a small one.
  public Sql plannedAnew() {
    return new Sql(module, name, text, true);
  }

  /// `module.verb_noun`.
  public String name() {
    return name;
  }

  /// The name of the declaring module without its prefix; its schema and role bear the same name.
  public String module() {
    return module;
  }

  /// Whether it only reads.
  public boolean reads() {
    return text.reads();
  }

  /// Whether it answers with rows: it reads, or has a RETURNING clause.
  public boolean returnsRows() {
    return text.returnsRows();
  }

  /// Whether PostgreSQL is to keep no plan of it.
  public boolean isPlannedAnew() {
    return plannedAnew;
  }

  /// Names of the parameters in order of their first appearance.
  public List<String> parameters() {
    return text.parameters();
  }

  /// The text as PostgreSQL gets it, with `?` for each parameter.
  public String text() {
    return text.text();
  }

  int[] positions() {
    return text.positions();
  }

  @Override
  public String toString() {
    return name + Arrays.toString(text.parameters().toArray());
  }
}
