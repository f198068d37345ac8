package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import showfloor.app.Running;

/// No table is forgotten: each is in the archive, or here with its reason.
class ArchiveCoverageTest {
  private static final Map<String, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry("auth.logins", "secrets"),
          Map.entry("auth.throttles", "counts tries"),
          Map.entry("auth.tokens", "secrets"),
          Map.entry("dbapi.idempotency_keys", "first answers, for a day"),
          Map.entry("dbapi.instances", "the servers that run"),
          Map.entry("dbapi.outbox", "mails on their way"),
          Map.entry("dbapi.migrations", "the program's own"),
          Map.entry("dealers.import_rows", "lines of an import that runs"),
          Map.entry("dealers.words", "made of the dealers"),
          Map.entry("reports.restores", "which archive is taken back at the moment"),
          Map.entry("sandbox.checkouts", "what the provider keeps"),
          Map.entry("sandbox.customers", "what the provider keeps"),
          Map.entry("sandbox.events", "what the provider keeps"),
          Map.entry("sandbox.provider", "what the provider keeps"),
          Map.entry("sandbox.subscriptions", "what the provider keeps"),
          Map.entry("subscriptions.checkouts", "payments are not taken along"),
          Map.entry("subscriptions.customers", "payments are not taken along"),
          Map.entry("subscriptions.standings", "payments are not taken along"),
          Map.entry("subscriptions.subscriptions", "payments are not taken along"),
          Map.entry("todos.reminders", "when reminders are looked at next"),
          Map.entry("uploads.chunks", "the bytes of the files"),
          Map.entry("uploads.files", "each stands beside its bytes"),
          Map.entry("uploads.link_secrets", "secrets"),
          Map.entry("uploads.thumbnails", "made of the files"),
          Map.entry("webhooks.events", "payments are not taken along"));

  @Test
  void everyTableIsInTheArchiveOrLeftOutForAReason() throws Exception {
    try (Running server = Running.start();
        Connection connection = Running.session("showfloor");
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select n.nspname || '.' || c.relname from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind = 'r' and pg_get_userbyid(c.relowner) = 'showfloor_owner'
                """)) {
      Set<String> tables = new TreeSet<>();
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
      Set<String> told = new TreeSet<>(LEFT_OUT.keySet());
      for (String entry : Company.entries(Company.in(server).archive()).keySet()) {
        if (entry.startsWith("tables/")) {
          told.add(entry.replaceFirst("tables/(.*)\\.jsonl", "$1"));
        }
      }
      assertThat(tables).as("tables of the modules").containsExactlyElementsOf(told);
    }
  }
}
