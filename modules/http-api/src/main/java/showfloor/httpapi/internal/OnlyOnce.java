package showfloor.httpapi.internal;

import java.security.MessageDigest;
import java.time.Duration;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sha256;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.runtime.IdempotencyKeys;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request.Effect;

/// Keeps the promise of one `Idempotency-Key`: the key's row commits with the effect, or neither.
final class OnlyOnce {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final IdempotencyKeys keys;
  private final String key;
  private final MessageDigest digest = Sha256.digest();

  OnlyOnce(IdempotencyKeys keys, String key) {
    this.keys = keys;
    this.key = checked(key);
  }

  /// What the body is fed to.
  MessageDigest digest() {
    return digest;
  }

  Answer run(Database database, Effect work, byte[] request) {
    digest.update(request);
    byte[] fingerprint = digest.digest();
    try {
      return database.inTransaction(sql -> claimed(sql, fingerprint, work));
    } catch (Undone e) {
      return e.answer;
    }
  }

  private Answer claimed(SqlWriter sql, byte[] fingerprint, Effect work) {
    return switch (keys.claim(sql, key, fingerprint)) {
      case IdempotencyKeys.Fresh fresh -> first(sql, fingerprint, work.apply(sql));
      case IdempotencyKeys.Replay replay ->
          StoredAnswers.answer(replay.answer()).header("Idempotency-Replayed", "true");
      case IdempotencyKeys.Different different ->
          throw Problem.of(
              ProblemTypes.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key came with another request within 24 hours.");
      case IdempotencyKeys.InFlight running ->
          throw Problem.of(
                  ProblemTypes.IDEMPOTENCY_IN_FLIGHT,
                  "A request with this Idempotency-Key is still running.")
              .retryAfter(SOON);
    };
  }

  private Answer first(SqlWriter sql, byte[] fingerprint, Answer answer) {
    if (answer.status() >= 500) {
      throw new Undone(answer);
    }
    keys.store(sql, key, fingerprint, StoredAnswers.store(answer));
    return answer;
  }

  private static String checked(String key) {
    boolean visible = key.chars().allMatch(c -> c > ' ' && c <= '~');
    if (key.isEmpty() || key.length() > Limits.IDEMPOTENCY_KEY.value() || !visible) {
      throw Problem.badRequest(
          "Idempotency-Key must be 1 to %d visible ASCII characters."
              .formatted(Limits.IDEMPOTENCY_KEY.value()));
    }
    return key;
  }

  /// Rolls the unit of work back and carries its answer out: a 5xx leaves neither effect nor key.
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    private Undone(Answer answer) {
      super("a server error is not remembered", null, false, false);
      this.answer = answer;
    }
  }
}
