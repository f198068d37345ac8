package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.app.Running;

/// Who may tell history that was not recorded here: nobody but a transaction that takes an archive
/// back. Tried with the rights of the modules, without the fence around their statements, in a
/// company that has begun to take one back and has not finished.
class HistoryGateTest {
  private static final String TELL =
      """
      select dealers.restore_history('COMPANY', 'changes', array['{"dealer_id": "%1$s",
        "at": "2026-01-01T00:00:00Z", "id": "%1$s", "kind": "deleted"}'])
      """
          .formatted(UUID.randomUUID());

  private static Running server;
  private static Company company;
  private static String id;
  private static String archiveId;

  @BeforeAll
  static void begin() throws Exception {
    server = Running.start("LIMITS_BURST", "100000");
    byte[] archive = Archive.bytesOf(Archive.filled(server));
    company = Company.in(server);
    Archive.restore(company, Arrays.copyOf(archive, archive.length / 3)).expect(400);
    id = company.client().get("/api/auth/me").json().at("/user/companyId").asText();
    archiveId =
        Archive.read(archive).text("manifest.json").replaceFirst("(?s).*\"id\":\"([^\"]*).*", "$1");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into dealers.changes (company_id, dealer_id, at, id, kind) values ('COMPANY', 'COMPANY', now(), 'COMPANY', 'changed')",
        "insert into dealers.consent_history select * from dealers.consent_history",
        "insert into dealers.buying_group_history (company_id, dealer_id, start_date) values ('COMPANY', 'COMPANY', now())",
        "insert into dealers.restoring values ('COMPANY', 'COMPANY')",
        "update reports.restores set step = pg_current_xact_id()",
        "select reports.step_restore('ARCHIVE')"
      })
  void dealersMayNotWriteItNorOpenTheGate(String write) {
    assertThatThrownBy(() -> as("dealers", write)).hasMessageContaining("permission denied");
  }

  @Test
  void dealersMayNotTellItOutsideOfARestore() {
    assertThatThrownBy(() -> as("dealers", TELL))
        .hasMessageContaining("no archive is taken back in this transaction");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into reports.restores (company_id, archive_id, started_at) values ('COMPANY', 'COMPANY', now())",
        "update reports.restores set finished_at = null",
        "delete from reports.restores",
        "select dealers.restore_history('COMPANY', 'changes', '{}')",
        "insert into dealers.changes (company_id, dealer_id, at, id, kind) values ('COMPANY', 'COMPANY', now(), 'COMPANY', 'changed')"
      })
  void reportsMayOpenTheGateByItsFunctionsAlone(String write) {
    assertThatThrownBy(() -> as("reports", write)).hasMessageContaining("permission denied");
  }

  @Test
  void aCompanyWithDataDoesNotBegin() throws Exception {
    Company busy = Company.in(server);
    busy.dealer("Mine");
    String theirs = busy.client().get("/api/auth/me").json().at("/user/companyId").asText();
    assertThat(in(theirs, "reports", "select reports.begin_restore('ARCHIVE')")).isEqualTo("f");
    assertThat(in(theirs, "reports", "select reports.step_restore('ARCHIVE')")).isEqualTo("f");
    Company named = Company.in(server);
    named.add("/api/dealers/groups", "{\"name\": \"Mine\"}");
    String ofNames = named.client().get("/api/auth/me").json().at("/user/companyId").asText();
    assertThat(in(ofNames, "reports", "select reports.begin_restore('ARCHIVE')")).isEqualTo("f");
    assertThat(as("reports", "select reports.step_restore('COMPANY')"))
        .as("another archive")
        .isEqualTo("f");
  }

  /// The gate closes with the transaction that opened it.
  @Test
  void theGateIsOpenForOneTransaction() throws Exception {
    assertThat(as("reports", "select reports.step_restore('ARCHIVE')")).isEqualTo("t");
    assertThatThrownBy(() -> as("dealers", TELL)).hasMessageContaining("no archive is taken back");
    String dealer = company.dealer("Mine");
    assertThat(company.client().get("/api/dealers/%s/timeline".formatted(dealer)).text())
        .contains("created");
  }

  /// Even then the rows are of the company that asks.
  @Test
  void noRowGetsIntoAnotherCompanyThroughTheGate() {
    String foreign =
        Company.in(server).client().get("/api/auth/me").json().at("/user/companyId").asText();
    assertThatThrownBy(
            () ->
                as(
                    "reports",
                    "select reports.step_restore('ARCHIVE')",
                    "set role showfloor_dealers",
                    TELL.replace("COMPANY", foreign)))
        .hasMessageContaining("row-level security");
  }

  private static String as(String role, String... statements) throws SQLException {
    return in(id, role, statements);
  }

  /// The first column of what the last statement answers; all are one transaction.
  private static String in(String tenant, String role, String... statements) throws SQLException {
    try (Connection connection = Running.session("showfloor");
        Statement session = connection.createStatement()) {
      connection.setAutoCommit(false);
      session.execute("set role showfloor_" + role);
      session.execute("set app.company_id = '%s'".formatted(tenant));
      String answer = "";
      for (String statement : statements) {
        String filled = statement.replace("COMPANY", tenant).replace("ARCHIVE", archiveId);
        if (session.execute(filled)) {
          try (ResultSet rows = session.getResultSet()) {
            answer = rows.next() ? rows.getString(1) : "";
          }
        }
      }
      connection.commit();
      return answer;
    }
  }
}
