package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Outbox.Carrier;
import showfloor.dbapi.Outbox.Letter;
import showfloor.dbapi.Outbox.Undeliverable;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.dbapi.runtime.Operation;

/// Takes letters of one kind one after the other: claims each in a statement of its own, carries it
/// without a lease, notes how that went. Several relays share the work.
public final class Relay {
  private static final Logger LOG = System.getLogger(Relay.class.getName());
  private static final Duration BUDGET = Duration.ofMinutes(1);

  /// Longer than a run with its grace: a letter is taken again only when its carrier is gone.
  static final Duration HOLD = Duration.ofMinutes(2);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
  private static final Duration RETRY_MAX = Duration.ofHours(4);
  static final int ATTEMPTS_MAX = 12;
  private static final int BATCH = 100;
  private static final int ERROR_MAX = 500;

  private final Database database;
  private final String kind;
  private final Carrier carrier;

  public Relay(Database database, String kind, Carrier carrier) {
    this.database = database;
    this.kind = kind;
    this.carrier = carrier;
  }

  public static boolean write(SqlWriter sql, String kind, String key, List<String> payload) {
    UUID company =
        Operation.current()
            .map(Operation::companyId)
            .orElseThrow(() -> new IllegalStateException("a letter belongs to a company"));
    return LetterRows.insert(sql, company, UuidV7.next(), kind, key, payload);
  }

  public Job job(Duration pause) {
    return new Job(kind, pause, BUDGET, this::run);
  }

  private void run(Job.Run run) {
    try {
      List<LetterRows.Due> due = LetterRows.due(database, kind, BATCH);
      while (!due.isEmpty() && run.goesOn()) {
        for (LetterRows.Due letter : due) {
          if (!run.goesOn()) {
            return;
          }
          run.inCompany(letter.companyId(), () -> handle(letter));
        }
        due = due.size() < BATCH ? List.of() : LetterRows.due(database, kind, BATCH);
      }
    } finally {
      carrier.rest();
    }
  }

  private boolean handle(LetterRows.Due due) {
    Optional<Letter> claimed = LetterRows.claim(database, due, HOLD);
    if (claimed.isEmpty()) { // another instance was faster
      return false;
    }
    Letter letter = claimed.get();
    try {
      Database.outsideLease("carrying a letter");
      carrier.carry(letter);
    } catch (Undeliverable e) {
      return giveUp(letter, e);
    } catch (Exception e) {
      return letter.attempt() < ATTEMPTS_MAX ? postpone(letter, e) : giveUp(letter, e);
    }
    // An interrupt that came too late was meant for the carrying: the note of it must not fail.
    boolean _ = Thread.interrupted();
    return LetterRows.done(database, letter);
  }

  private boolean postpone(Letter letter, Exception e) {
    LetterRows.postpone(database, letter, backoff(letter.attempt()), told(e));
    LOG.log(
        Level.INFO,
        "Letter {0} of {1} is tried again, attempt {2} failed: {3}",
        letter.id(),
        kind,
        letter.attempt(),
        told(e));
    return false;
  }

  private boolean giveUp(Letter letter, Exception e) {
    LetterRows.giveUp(database, letter, told(e));
    LOG.log(
        Level.WARNING,
        "Letter {0} of {1} is given up after {2} attempts: {3}",
        letter.id(),
        kind,
        letter.attempt(),
        told(e));
    return false;
  }

  /// 30 s, 1 min, 2 min, … 4 h: twelve attempts in 13 hours.
  static Duration backoff(int attempt) {
    Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(attempt - 1, 20));
    return doubled.compareTo(RETRY_MAX) < 0 ? doubled : RETRY_MAX;
  }

  private static String told(Exception e) {
    String text = e.getClass().getSimpleName() + ": " + e.getMessage();
    return text.substring(0, Math.min(text.length(), ERROR_MAX));
  }
}
