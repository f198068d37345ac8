package showfloor.dbapi.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import showfloor.dbapi.internal.SqlText.Token;

/// What a statement of a module may be: one SELECT, INSERT, UPDATE, DELETE, MERGE or WITH that
/// calls only functions of a list and names no relation of the catalogue.
///
/// Row-level security does not hold against a statement that sets another role or tenant (measured:
/// `set_config` in module SQL reads another tenant's rows), so no such text becomes a
/// [showfloor.dbapi.Sql]. An update of `pg_settings` is a `set_config` for the whole session, and
/// `x.f` may be the call `f(x)`: both are refused for the same reason.
public final class SqlFence {
  private static final Set<String> FIRST =
      Set.of("select", "insert", "update", "delete", "merge", "with");

  /// Words that may stand before a parenthesis without being a function.
  private static final Set<String> GRAMMAR =
      words(
          "all and any array as asc by case check collate conflict cross cube distinct else end"
              + " except exists filter first from group grouping having in inner intersect"
              + " interval into is join last lateral left like limit matched materialized not"
              + " null nulls offset on only or order outer over partition range returning"
              + " right rollup row rows select set sets similar some then to union update using"
              + " values when where window with within ordinality ilike between"
              + " char varchar numeric timestamptz");

  private static final Set<String> FUNCTIONS =
      words(
          "abs array_agg array_length array_position array_remove array_to_string avg bool_and"
              + " bool_or btrim cardinality cast ceil char_length coalesce concat concat_ws"
              + " count date_part date_trunc decode dense_rank encode extract first_value floor"
              + " greatest hashtextextended json_agg json_build_object jsonb_agg"
              + " jsonb_build_array jsonb_build_object jsonb_object_agg lag last_value lead"
              + " least length lower lpad ltrim make_date make_interval max md5 min mod now"
              + " ntile nullif octet_length overlay pg_advisory_xact_lock"
              + " pg_try_advisory_xact_lock position power rank regexp_replace"
              + " repeat replace reverse round row_number row_to_json rpad rtrim sha256 sign"
              + " split_part starts_with string_agg string_to_array strpos substr substring sum"
              + " to_char to_date to_jsonb to_json to_timestamp translate trim trunc unnest"
              + " upper left right clock_timestamp generate_series jsonb_array_elements"
              + " jsonb_each_text jsonb_populate_record jsonb_to_recordset unaccent similarity"
              + " word_similarity");

  /// Words that begin a select list, or end one: no `*` between them multiplies.
  private static final Set<String> BEFORE_COLUMNS = words("select all distinct returning");

  private static final Set<String> AFTER_COLUMNS =
      words(
          "except fetch for from group having intersect into limit offset on order returning union"
              + " where window");

  /// Beginnings of names that belong to the server: catalogue relations and functions beyond the
  /// list.
  private static final List<String> SERVER_PREFIXES =
      List.of("pg_", "lo_", "binary_upgrade_", "brin_", "gin_", "dblink");

  /// Functions of one argument, so callable as `x.f`, that keep or reveal what outlives a
  /// statement.
  private static final Set<String> SERVER_FUNCTIONS =
      words(
          "current_setting set_config setseed nextval currval setval lastval ts_stat set_limit"
              + " txid_status txid_current amvalidate plpgsql_validator");

  private SqlFence() {}

  private static Set<String> words(String list) {
    return Set.copyOf(List.of(list.split(" ")));
  }

  /// Why `text` may not be a statement of `module`; empty when it may.
  public static Optional<String> refusal(String module, SqlText text) {
    List<Token> tokens = text.tokens();
    if (tokens.isEmpty() || !FIRST.contains(tokens.getFirst().text())) {
      return Optional.of("must begin with one of " + FIRST.stream().sorted().toList());
    }
    for (int i = 0; i < tokens.size(); i++) {
      Optional<String> refusal = refusal(module, tokens, i);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> refusal(String module, List<Token> tokens, int i) {
    Token token = tokens.get(i);
    if (token.isSymbol(';')) {
      return Optional.of("is more than one statement: leave out the semicolon");
    }
    if (token.is("into") && !(i > 0 && beginsInsert(tokens.get(i - 1)))) {
      return Optional.of("SELECT INTO makes a table: only INSERT INTO and MERGE INTO are allowed");
    }
    if (token.is("table") || (token.isSymbol('*') && listsColumns(tokens, i))) {
      return Optional.of("lists its columns by name, never '*' or TABLE");
    }
    boolean call = token.isName() && isSymbol(tokens, i + 1, '(');
    return call
        ? refusedCall(module, tokens, i)
        : refusedName(tokens, i).or(() -> refusedAttribute(tokens, i));
  }

  private static boolean isSymbol(List<Token> tokens, int i, char symbol) {
    return i >= 0 && i < tokens.size() && tokens.get(i).isSymbol(symbol);
  }

  private static boolean beginsInsert(Token before) {
    return before.is("insert") || before.is("merge");
  }

  /// Whether the `*` at `i` stands for columns: it does not multiply and is no `count(*)`.
  private static boolean listsColumns(List<Token> tokens, int i) {
    if (i == 0 || isSymbol(tokens, i - 1, '.') || isSymbol(tokens, i - 1, ',')) {
      return true;
    }
    if (isOneOf(tokens.get(i - 1), BEFORE_COLUMNS)) {
      return true;
    }
    boolean last = i + 1 == tokens.size() || isSymbol(tokens, i + 1, ',');
    boolean closes = isSymbol(tokens, i + 1, ')') && !isSymbol(tokens, i - 1, '(');
    return last || closes || isOneOf(tokens.get(i + 1), AFTER_COLUMNS);
  }

  private static boolean isOneOf(Token token, Set<String> words) {
    return token.kind() == SqlText.Kind.WORD && words.contains(token.text());
  }

  /// A relation, type or column that bears a name of the server's own.
  private static Optional<String> refusedName(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    String name = token.text().toLowerCase(Locale.ROOT);
    boolean ofServer =
        name.equals("information_schema") || SERVER_PREFIXES.stream().anyMatch(name::startsWith);
    if (!token.isName() || !ofServer) {
      return Optional.empty();
    }
    boolean qualifiesCall =
        name.equals("pg_catalog") && isSymbol(tokens, i + 1, '.') && isSymbol(tokens, i + 3, '(');
    return qualifiesCall
        ? Optional.empty()
        : Optional.of("names %s, which is the server's own".formatted(name));
  }

  /// `x.f` where no column can be meant: `x` is no plain name, or `f` is a function that must not
  /// be called.
  private static Optional<String> refusedAttribute(List<Token> tokens, int i) {
    if (!isSymbol(tokens, i, '.') || i + 1 == tokens.size() || !tokens.get(i + 1).isName()) {
      return Optional.empty();
    }
    String name = tokens.get(i + 1).text().toLowerCase(Locale.ROOT);
    if (i == 0 || !tokens.get(i - 1).isName()) {
      return Optional.of("takes .%s of an expression, which can be a call".formatted(name));
    }
    return SERVER_FUNCTIONS.contains(name) && !isSymbol(tokens, i + 2, '(')
        ? Optional.of("names .%s, which can be a call".formatted(name))
        : Optional.empty();
  }

  /// Judges `a.b(` or `b(`, whose last name is at `last`.
  private static Optional<String> refusedCall(String module, List<Token> tokens, int last) {
    String name = tokens.get(last).text();
    int first = last;
    while (first >= 2 && tokens.get(first - 1).isSymbol('.') && tokens.get(first - 2).isName()) {
      first -= 2;
    }
    if (first > 0 && namesColumns(tokens.get(first - 1))) {
      return refusedName(tokens, last);
    }
    boolean quoted = tokens.get(last).kind() == SqlText.Kind.QUOTED;
    if (first == last) {
      return !quoted && (GRAMMAR.contains(name) || FUNCTIONS.contains(name))
          ? Optional.empty()
          : Optional.of("calls %s(), which is not on the list of functions".formatted(name));
    }
    String schema = tokens.get(first).text();
    boolean own = schema.equals(module) && last - first == 2;
    boolean listed =
        (schema.equals("pg_catalog") || schema.equals("ext"))
            && last - first == 2
            && !quoted
            && FUNCTIONS.contains(name);
    return own || listed
        ? Optional.empty()
        : Optional.of("calls %s.%s(), which is not its own".formatted(schema, name));
  }

  /// `insert into t (a, b)`, `as t (a, b)` and `with t (a, b)` name columns, they call nothing.
  private static boolean namesColumns(Token before) {
    return before.is("into") || before.is("as") || before.is("with") || before.is("recursive");
  }
}
