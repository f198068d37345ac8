package showfloor.dbapi.runtime;

import java.security.MessageDigest;
import java.util.Optional;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;

/// The first answers to `Idempotency-Key`s, per company, for 24 hours. The row is written in the
/// transaction of the effect, so a rolled back effect leaves no key.
public final class IdempotencyKeys {
  // The lock tells "still running" from "never seen": it ends with the transaction that took it.
  private static final Sql CLAIM =
      Sql.of(
          "dbapi.claim_idempotency_key",
          """
          select pg_try_advisory_xact_lock(hashtextextended(:company || '/' || :key, 7)) as locked,
                 k.fingerprint, k.status, k.headers, k.body, k.key is not null as answered
            from (select 1 as one) as always
            left join dbapi.idempotency_keys as k
              on k.company_id = cast(:company as uuid) and k.key = :key
             and k.created_at > now() - interval '24 hours'
          """);

  private static final Sql STORE =
      Sql.of(
          "dbapi.store_idempotency_key",
          """
          with expired as (
            delete from dbapi.idempotency_keys
             where company_id = cast(:company as uuid) and key <> :key
               and created_at < now() - interval '24 hours')
          insert into dbapi.idempotency_keys
            (company_id, key, fingerprint, status, headers, body)
          values (cast(:company as uuid), :key, :fingerprint, :status, :headers, :body)
          on conflict (company_id, key) do update
            set fingerprint = excluded.fingerprint, status = excluded.status,
                headers = excluded.headers, body = excluded.body, created_at = now()
            where idempotency_keys.created_at <= now() - interval '24 hours'
          """);

  public IdempotencyKeys() {}

  /// What is known of a key.
  public sealed interface Claim {}

  /// Never seen, or expired: do the work, then [IdempotencyKeys#store] its answer.
  public record Fresh() implements Claim {}

  /// The same request was answered before.
  public record Replay(Stored answer) implements Claim {}

  /// The key was used for another request.
  public record Different() implements Claim {}

  /// The first request with it has not ended yet.
  public record InFlight() implements Claim {}

  /// An answer as it was sent.
  @SuppressWarnings("ArrayRecordComponent") // the bytes go to the client and nowhere else
  public record Stored(int status, String headers, byte[] body) {}

  /// Claims `key` of the running operation's company for the unit of work `sql`.
  public Claim claim(SqlWriter sql, String key, byte[] fingerprint) {
    return sql.one(CLAIM.with("company", company(), "key", key), row -> judge(row, fingerprint));
  }

  /// Keeps the answer; the claim was [Fresh] in the same unit of work.
  public void store(SqlWriter sql, String key, byte[] fingerprint, Stored answer) {
    int stored =
        sql.execute(
            STORE.with(
                "company", company(),
                "key", key,
                "fingerprint", fingerprint,
                "status", answer.status(),
                "headers", answer.headers(),
                "body", answer.body()));
    if (stored == 0) {
      throw new DatabaseException.Contended(
          "another request with the same Idempotency-Key committed first", null);
    }
  }

  private static Claim judge(Row row, byte[] fingerprint) {
    if (!row.bool("locked")) {
      return new InFlight();
    }
    if (!row.bool("answered")) {
      return new Fresh();
    }
    return MessageDigest.isEqual(row.bytes("fingerprint"), fingerprint)
        ? new Replay(new Stored(row.integer("status"), row.text("headers"), row.bytes("body")))
        : new Different();
  }

  private static String company() {
    return Optional.ofNullable(Operation.current().orElseThrow().companyId())
        .orElseThrow(() -> new IllegalStateException("an idempotency key belongs to a company"))
        .toString();
  }
}
