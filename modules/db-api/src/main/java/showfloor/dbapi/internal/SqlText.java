package showfloor.dbapi.internal;

import java.util.ArrayList;
import java.util.List;

/// The text of a statement, taken apart once: named parameters become `?`, comments vanish, and the
/// tokens stay for [SqlFence] to judge. Immutable.
public final class SqlText {

  /// @param text lower case for an unquoted word, as written otherwise
  public record Token(Kind kind, String text) {
    boolean is(String word) {
      return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(char symbol) {
      return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean isName() {
      return kind == Kind.WORD || kind == Kind.QUOTED;
    }
  }

  public enum Kind {
    WORD,
    QUOTED,
    STRING,
    NUMBER,
    PARAMETER,
    SYMBOL
  }

  private final String statement;
  private final String source;
  private final StringBuilder out = new StringBuilder();
  private final List<Token> tokens = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();
  private int at;

  private SqlText(String statement, String source) {
    this.statement = statement;
    this.source = source;
  }

  /// Takes `source` apart; `IllegalArgumentException` where the text is not plain SQL: an unclosed
  /// quote, dollar quoting, an escape string, a `?`.
  public static SqlText parse(String statement, String source) {
    SqlText text = new SqlText(statement, source.strip());
    while (text.at < text.source.length()) {
      text.token();
    }
    return text;
  }

  public String text() {
    return out.toString();
  }

  public List<Token> tokens() {
    return List.copyOf(tokens);
  }

  /// Distinct names, in order of first appearance.
  public List<String> parameters() {
    return List.copyOf(parameters);
  }

  /// For each `?` the index of its name in [#parameters].
  public int[] positions() {
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Whether no part of it is an INSERT, UPDATE, DELETE or MERGE.
  public boolean reads() {
    for (int i = 0; i < tokens.size(); i++) {
      if (WRITING.contains(tokens.get(i).text())
          && tokens.get(i).kind() == Kind.WORD
          && (i == 0 || !LOCKING.contains(tokens.get(i - 1).text()))) {
        return false;
      }
    }
    return true;
  }

  /// Whether it answers with rows: its main part reads, or has a RETURNING clause.
  public boolean returnsRows() {
    int depth = 0;
    boolean reads = true;
    for (Token token : tokens) {
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      } else if (depth == 0 && token.kind() == Kind.WORD) {
        if ((reads && token.text().equals("select")) || token.text().equals("returning")) {
          return true;
        }
        reads &= !WRITING.contains(token.text());
      }
    }
    return reads;
  }

  private static final List<String> WRITING = List.of("insert", "update", "delete", "merge");
  // FOR UPDATE and FOR NO KEY UPDATE lock rows, they do not write them.
  private static final List<String> LOCKING = List.of("for", "key");

  private void token() {
    char c = source.charAt(at);
    if (Character.isWhitespace(c)) {
      take(1);
    } else if (source.startsWith("--", at)) {
      skipTo("\n", 2);
    } else if (source.startsWith("/*", at)) {
      skipTo("*/", 2);
    } else if (c == '\'') {
      quoted(c, Kind.STRING);
    } else if (c == '"') {
      quoted(c, Kind.QUOTED);
    } else if (isWordStart(c)) {
      word();
    } else if (Character.isDigit(c)) {
      run(Kind.NUMBER);
    } else if (c == ':' && isParameter()) {
      parameter();
    } else if (source.startsWith("::", at)) {
      add(Kind.SYMBOL, take(2));
    } else if (c == '?' || c == '$') {
      throw refused("'" + c + "' is not used here: parameters are :name, strings in quotes");
    } else {
      add(Kind.SYMBOL, take(1));
    }
  }

  private void word() {
    run(Kind.WORD);
    String word = tokens.getLast().text();
    boolean prefixed = at < source.length() && "'\"&".indexOf(source.charAt(at)) >= 0;
    if (prefixed && (word.equals("e") || word.equals("u"))) {
      throw refused("escape strings and Unicode escapes are not used here");
    }
  }

  private void run(Kind kind) {
    int end = at;
    while (end < source.length() && isWordPart(source.charAt(end))) {
      end++;
    }
    String text = take(end - at);
    add(kind, kind == Kind.WORD ? text.toLowerCase(java.util.Locale.ROOT) : text);
  }

  private void quoted(char quote, Kind kind) {
    int end = at + 1;
    while (true) {
      end = source.indexOf(quote, end);
      if (end < 0) {
        throw refused("a quote is not closed");
      }
      if (end + 1 < source.length() && source.charAt(end + 1) == quote) {
        end += 2;
        continue;
      }
      String text = take(end + 1 - at);
      add(kind, text.substring(1, text.length() - 1));
      return;
    }
  }

  private boolean isParameter() {
    boolean afterColon = at > 0 && source.charAt(at - 1) == ':';
    return !afterColon && at + 1 < source.length() && isWordStart(source.charAt(at + 1));
  }

  private void parameter() {
    int end = at + 1;
    while (end < source.length() && isWordPart(source.charAt(end))) {
      end++;
    }
    String name = source.substring(at + 1, end);
    at = end;
    out.append('?');
    if (!parameters.contains(name)) {
      parameters.add(name);
    }
    positions.add(parameters.indexOf(name));
    tokens.add(new Token(Kind.PARAMETER, name));
  }

  private void skipTo(String end, int skip) {
    int found = source.indexOf(end, at + skip);
    at = found < 0 ? source.length() : found + end.length();
    out.append(' ');
  }

  private String take(int length) {
    String text = source.substring(at, at + length);
    out.append(text);
    at += length;
    return text;
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text));
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("statement %s: %s".formatted(statement, why));
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
