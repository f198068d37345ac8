package showfloor.dealers.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.auth.AuthDomain;
import showfloor.dealers.DealersDomain;
import showfloor.dealers.Owner;
import showfloor.testing.TablesOnly;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// A membership without a date begins on the day that it is where the company is, whichever way the
/// dealer comes into the group.
class CompanyDayTest {
  private static final TestServer SERVER =
      TestServer.start(
          parts ->
              List.of(new TablesOnly(AuthDomain.tables()), new DealersDomain(parts.database())));
  private static final String GROUPS = "/api/dealers/buying-groups";

  private final TestClient acme = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /// At no moment is it the same day in all three.
  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Kiritimati", "Etc/GMT+12", "UTC"})
  void aMembershipBeginsOnTheDayOfTheCompany(String zone) {
    String company = acme.token().substring(0, 36);
    Owner.inCompany(
        company,
        """
        INSERT INTO auth.companies (company_id, name, time_zone, created_at)
        VALUES ('%s', 'Acme', '%s', now())
        """
            .formatted(company, zone));
    LocalDate before = LocalDate.now(ZoneId.of(zone));
    String moved = dealer("{\"companyName\": \"Moved\"}");
    String id = moved.substring(moved.lastIndexOf('/') + 1);
    String group =
        acme.post(GROUPS, "{\"name\": \"AD\"}").expect(201).header("Location").orElseThrow();
    acme.post(group + "/dealers", "{\"add\": [\"%s\"]}".formatted(id)).expect(200);
    String made = dealer("{\"companyName\": \"Made\", \"buyingGroup\": \"AD\"}");
    String changed = dealer("{\"companyName\": \"Changed\"}");
    acme.put(changed, "{\"buyingGroup\": \"AD\"}").expect(200);
    acme.send(
            "POST",
            "/api/dealers/import",
            BodyPublishers.ofString("Company,Buying Group\nImported,AD\n"),
            "Content-Type",
            "text/csv")
        .expect(200);
    String imported =
        "/api/dealers/"
            + acme.get("/api/dealers?search=imported").json().at("/dealers/0/id").asText();
    LocalDate after = LocalDate.now(ZoneId.of(zone));
    for (String dealer : List.of(moved, made, changed, imported)) {
      String start = acme.get(dealer).json().at("/buyingGroupHistory/0/startDate").asText();
      assertThat(LocalDate.parse(start)).as(dealer).isBetween(before, after);
    }
  }

  private String dealer(String json) {
    return acme.post("/api/dealers", json).expect(201).header("Location").orElseThrow();
  }
}
