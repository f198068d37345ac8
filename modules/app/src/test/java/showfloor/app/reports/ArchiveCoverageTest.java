package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
          Map.entry("dealers.imports", "a log of 7 days"),
          Map.entry("dealers.rejected_rows", "what no dealer was made of, for 7 days"),
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

  private static final Map<String, String> COLUMNS_LEFT_OUT =
      Map.of(
          "dealers.changes.archive_id", "each archive tells history under its own id",
          "dealers.consent_history.archive_id", "each archive tells history under its own id");

  private static Running server;

  @BeforeAll
  static void start() throws Exception {
    server = Running.start("LIMITS_BURST", "100000");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyTableIsInTheArchiveOrLeftOutForAReason() throws Exception {
    Set<String> told = new TreeSet<>(LEFT_OUT.keySet());
    for (String entry : Archive.of(Company.in(server)).entries().keySet()) {
      if (entry.startsWith("tables/")) {
        told.add(entry.replaceFirst("tables/(.*)\\.jsonl", "$1"));
      }
    }
    assertThat(ofTheOwner("c.oid::regclass", ""))
        .as("tables of the modules")
        .containsExactlyElementsOf(told);
  }

  /// But for the company itself and what the database makes of the other columns.
  @Test
  void everyColumnOfATableIsToldOrLeftOutForAReason() throws Exception {
    Company heir = Company.in(server);
    Archive.of(Archive.filled(server)).restoreInto(heir).expect(200);
    Set<String> told = new TreeSet<>(COLUMNS_LEFT_OUT.keySet());
    Set<String> tables = new TreeSet<>();
    for (Map.Entry<String, String> entry : Archive.of(heir).entries().entrySet()) {
      if (entry.getKey().startsWith("tables/") && !entry.getValue().isEmpty()) {
        String table = entry.getKey().replaceFirst("tables/(.*)\\.jsonl", "$1");
        tables.add(table);
        new ObjectMapper()
            .readTree(entry.getValue().lines().findFirst().orElseThrow())
            .fieldNames()
            .forEachRemaining(member -> told.add(table + "." + member));
      }
    }
    told.remove("auth.companies.company_id");
    assertThat(tables).as("tables with a line").hasSizeGreaterThanOrEqualTo(17);
    Set<String> columns =
        ofTheOwner(
            "c.oid::regclass || '.' || a.attname",
            """
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              and a.attgenerated = '' and a.attname <> 'company_id'
            """);
    columns.removeIf(column -> !tables.contains(column.substring(0, column.lastIndexOf('.'))));
    assertThat(columns).containsExactlyElementsOf(told);
  }

  private static Set<String> ofTheOwner(String what, String more) throws Exception {
    Set<String> found = new TreeSet<>();
    try (Connection connection = Running.session("showfloor");
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select %s from pg_class c %s
                 where c.relkind = 'r' and pg_get_userbyid(c.relowner) = 'showfloor_owner'
                """
                    .formatted(what, more))) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
