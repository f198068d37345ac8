package showfloor.dbapi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import showfloor.dbapi.internal.Relay;

/// Effects that leave the process, such as mails: written in the unit of work of what causes them,
/// and done afterwards.
///
/// A letter is kept exactly once for its key, whatever is repeated. It is carried at least once: an
/// instance that dies between the effect and the note of it has the letter carried again, so the
/// other side gets [Letter#id] to know it by. What fails is tried again, for half a day; then the
/// letter is dead, which the metrics show and a log line says.
public final class Outbox {
  private Outbox() {}

  /// One effect.
  ///
  /// @param id the same at each attempt
  /// @param payload as it was written
  /// @param attempt counted from 1
  public record Letter(
      UUID companyId, UUID id, String key, List<String> payload, int attempt, Instant writtenAt) {}

  /// Does the effects of one kind. Used by one thread at a time.
  public interface Carrier {

    /// Does the effect, holding no lease; returns when it is done. What it throws is kept beside
    /// the letter and may reach a log: its message names no person.
    void carry(Letter letter) throws Exception;

    /// Gives back what was kept from letter to letter, such as a connection: no letter is left now.
    default void rest() {}
  }

  /// Thrown by a [Carrier] when no further attempt can help: the letter is dead at once.
  public static final class Undeliverable extends Exception {
    private static final long serialVersionUID = 1L;

    public Undeliverable(String message) {
      super(message);
    }
  }

  /// Writes a letter of the running operation's company in the unit of work `sql`. False when there
  /// is one of that kind and key already, done or not; keys are kept for 30 days.
  ///
  /// @param kind the name of the [#relay] that carries it
  /// @param key what makes it the same effect, at most 200 characters
  public static boolean write(SqlWriter sql, String kind, String key, List<String> payload) {
    return Relay.write(sql, kind, key, payload);
  }

  /// The job that carries all letters of a kind, of every company.
  ///
  /// @param kind `module.verb_noun`: also the job's name
  /// @param pause how long a letter may lie before it is looked for
  public static Job relay(Database database, String kind, Duration pause, Carrier carrier) {
    return new Relay(database, kind, carrier).job(pause);
  }
}
