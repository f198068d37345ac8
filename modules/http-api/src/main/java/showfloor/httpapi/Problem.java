package showfloor.httpapi;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import showfloor.dbapi.SqlReader;

/// A refusal with its reason, answered as `application/problem+json` (RFC 9457).
///
/// Immutable: each method that adds something returns another problem. It carries no stack trace,
/// because it is an answer, not a defect.
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// So many faults are told in one sentence each, for clients that show nothing else.
  private static final int TOLD = 5;

  private final transient ProblemType type;
  private final transient String code;
  private final transient List<FieldError> errors;
  private final transient Map<String, JsonValue> members;
  private final transient Map<String, String> headers;
  private final boolean retryable;

  private Problem(
      ProblemType type,
      String detail,
      String code,
      List<FieldError> errors,
      Map<String, JsonValue> members,
      Map<String, String> headers,
      boolean retryable) {
    super(detail, null, false, false);
    this.type = type;
    this.code = code;
    this.errors = errors;
    this.members = members;
    this.headers = headers;
    this.retryable = retryable;
  }

  /// A problem of a type.
  ///
  /// @param detail a sentence about this one case; the client sees it, so it quotes nothing that
  ///   the client may not know
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, type.code(), List.of(), Map.of(), Map.of(), type.retryable());
  }

  /// The one 404: for a path, and for an id that is missing, foreign or no id at all.
  public static Problem notFound() {
    return of(ProblemTypes.NOT_FOUND, "There is nothing here, or it is not yours.");
  }

  /// 400 without a better name.
  public static Problem badRequest(String detail) {
    return of(ProblemTypes.BAD_REQUEST, detail);
  }

  /// 400 for a list that is asked for whole, and has more than [SqlReader#ROWS_MAX] rows.
  ///
  /// @param rows what they are: `to-dos`
  public static Problem listTooLong(String rows) {
    return invalid(
        "?limit",
        "REQUIRED",
        "There are more than %d %s: ask for limit=%d, then for cursor=pagination.nextCursor."
            .formatted(SqlReader.ROWS_MAX, rows, Limits.PAGE_MAX.value()));
  }

  /// 400 about one member or parameter.
  public static Problem invalid(String pointer, String code, String detail) {
    return invalid(List.of(new FieldError(pointer, code, detail)));
  }

  /// 400 about several members or parameters.
  public static Problem invalid(List<FieldError> errors) {
    String told = errors.stream().limit(TOLD).map(FieldError::detail).collect(joining(" "));
    int more = errors.size() - TOLD;
    return of(
            ProblemTypes.VALIDATION_FAILED,
            more <= 0 ? told : "%s And %d more: see errors.".formatted(told, more))
        .errors(errors);
  }

  /// 409 with a machine code of the domain.
  public static Problem conflict(String code, String detail) {
    return of(ProblemTypes.CONFLICT, detail).code(code);
  }

  /// 412 for a change: someone else was faster. Its `ETag` is that of the row as it is now.
  ///
  /// @param version of the row as it is now
  /// @param current the row as it is now
  /// @param yours what the request wanted, field by field
  public static Problem preconditionFailed(long version, JsonValue current, JsonValue yours) {
    return of(
            ProblemTypes.PRECONDITION_FAILED,
            "It was changed since you read it: compare current and yours, then try again.")
        .with("current", current)
        .with("yours", yours)
        .header("ETag", "\"" + version + "\"");
  }

  /// The same for a deletion, which wants nothing of the fields.
  public static Problem preconditionFailed(long version, JsonValue current) {
    return preconditionFailed(version, current, Json.object(out -> {}));
  }

  /// Adds an extension member.
  public Problem with(String member, JsonValue value) {
    Map<String, JsonValue> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(type, detail(), code, errors, more, headers, retryable);
  }

  /// Another machine code than the type's.
  public Problem code(String other) {
    return new Problem(type, detail(), other, errors, members, headers, retryable);
  }

  public Problem errors(List<FieldError> faults) {
    List<FieldError> all = new ArrayList<>(errors);
    all.addAll(faults);
    return new Problem(type, detail(), code, List.copyOf(all), members, headers, retryable);
  }

  /// The same request may succeed later, unlike others of the type.
  public Problem retryable() {
    return new Problem(type, detail(), code, errors, members, headers, true);
  }

  /// When to try again, rounded up to whole seconds, at least one.
  public Problem retryAfter(Duration pause) {
    long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
    return header("Retry-After", Long.toString(seconds));
  }

  /// Adds a header to the answer.
  public Problem header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(type, detail(), code, errors, members, more, retryable);
  }

  /// Whether the same request may succeed later.
  public boolean isRetryable() {
    return retryable;
  }

  public ProblemType type() {
    return type;
  }

  public int status() {
    return type.status();
  }

  public String code() {
    return code;
  }

  public String detail() {
    return Optional.ofNullable(getMessage()).orElse(type.title());
  }

  public List<FieldError> errors() {
    return errors;
  }

  /// Extension members in the order in which they were added.
  public Map<String, JsonValue> members() {
    return members;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
