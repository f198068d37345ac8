package showfloor.todos.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What is overdue, due today and soon: by the calendar of the company, on days of 23 and 25 hours,
/// too. The tests themselves run in New York.
class DueTest {
  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  private static final TestServer SERVER = TodoServers.start(NOW::get);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /// The last moment before a company's midnight, and midnight itself.
  @ParameterizedTest
  @CsvSource({
    "UTC,              2026-11-23T23:59:59.999Z, 2026-11-23",
    "UTC,              2026-11-24T00:00:00.000Z, 2026-11-24",
    // The clock goes from 2 to 3: a day of 23 hours.
    "America/New_York, 2026-03-08T04:59:59.999Z, 2026-03-07",
    "America/New_York, 2026-03-08T05:00:00.000Z, 2026-03-08",
    "America/New_York, 2026-03-09T03:59:59.999Z, 2026-03-08",
    "America/New_York, 2026-03-09T04:00:00.000Z, 2026-03-09",
    // From 2 to 1: 25 hours.
    "America/New_York, 2026-11-01T03:59:59.999Z, 2026-10-31",
    "America/New_York, 2026-11-01T04:00:00.000Z, 2026-11-01",
    "America/New_York, 2026-11-02T04:59:59.999Z, 2026-11-01",
    "America/New_York, 2026-11-02T05:00:00.000Z, 2026-11-02",
    "Pacific/Auckland, 2026-04-04T10:59:59.999Z, 2026-04-04",
    "Pacific/Auckland, 2026-04-04T11:00:00.000Z, 2026-04-05",
    "Pacific/Auckland, 2026-04-05T11:59:59.999Z, 2026-04-05",
    "Pacific/Auckland, 2026-04-05T12:00:00.000Z, 2026-04-06",
    "Pacific/Auckland, 2026-09-26T11:59:59.999Z, 2026-09-26",
    "Pacific/Auckland, 2026-09-26T12:00:00.000Z, 2026-09-27",
    "Pacific/Auckland, 2026-09-27T10:59:59.999Z, 2026-09-27",
    "Pacific/Auckland, 2026-09-27T11:00:00.000Z, 2026-09-28",
  })
  void theDayIsThatOfTheCompany(String zone, Instant now, LocalDate today) {
    TestClient company = TodoServers.newCompany(SERVER, zone);
    for (int offset = -2; offset <= 8; offset++) {
      add(company, today.plusDays(offset).toString());
    }
    add(company, "");
    NOW.set(now);
    assertThat(due(company, "overdue")).containsExactly(day(today, -2), day(today, -1));
    assertThat(due(company, "today")).containsExactly(day(today, 0));
    assertThat(due(company, "tomorrow")).containsExactly(day(today, 1));
    assertThat(due(company, "week"))
        .containsExactly(
            day(today, 0),
            day(today, 1),
            day(today, 2),
            day(today, 3),
            day(today, 4),
            day(today, 5),
            day(today, 6));
    assertThat(due(company, "none")).containsExactly("none");
  }

  /// PostgreSQL and Java have rules of their own: they agree at each midnight about each change of
  /// the clock, in zones that change at midnight, by half an hour, or to the other side of the date
  /// line.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "America/New_York",
        "Pacific/Auckland",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Asia/Kathmandu",
      })
  void eachMidnightBeginsTheNextDay(String name) {
    ZoneId zone = ZoneId.of(name);
    TestClient company = TodoServers.newCompany(SERVER, name);
    Instant from = Instant.parse("2025-01-01T00:00:00Z");
    for (int i = 0; i < 2; i++) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(from);
      LocalDate changes =
          change == null
              ? LocalDate.of(2025, 6, 1).plusMonths(i)
              : change.getDateTimeBefore().toLocalDate();
      for (int offset = 0; offset < 3; offset++) {
        LocalDate day = changes.plusDays(offset);
        add(company, day.toString());
        Instant midnight = day.atStartOfDay(zone).toInstant();
        NOW.set(midnight.minusMillis(1));
        assertThat(due(company, "today")).as("before %s", midnight).doesNotContain(day + "");
        NOW.set(midnight);
        assertThat(due(company, "today")).as("at %s", midnight).containsExactly(day + "");
      }
      from = change == null ? from : change.getInstant();
    }
  }

  @Test
  void whatIsCompletedIsNotOverdue() {
    TestClient company = TodoServers.newCompany(SERVER, "UTC");
    NOW.set(Instant.parse("2026-11-23T12:00:00Z"));
    String todo = add(company, "2026-11-22");
    assertThat(due(company, "overdue")).hasSize(1);
    company.put(todo, "{\"completed\": true}").expect(200);
    assertThat(due(company, "overdue")).isEmpty();
    company.put(todo, "{\"completed\": false}").expect(200);
    assertThat(due(company, "overdue&completed=false")).hasSize(1);
    company.put(todo, "{\"dueDate\": null}").expect(200);
    assertThat(due(company, "overdue")).isEmpty();
  }

  /// The same moment is Monday for one and Tuesday for the other.
  @Test
  void twoCompaniesHaveTwoTodays() {
    NOW.set(Instant.parse("2026-11-23T12:00:00Z"));
    TestClient here = TodoServers.newCompany(SERVER, "America/New_York");
    TestClient there = TodoServers.newCompany(SERVER, "Pacific/Auckland");
    for (TestClient company : List.of(here, there)) {
      add(company, "2026-11-23");
      add(company, "2026-11-24");
    }
    assertThat(due(here, "today")).containsExactly("2026-11-23");
    assertThat(due(there, "today")).containsExactly("2026-11-24");
    assertThat(due(there, "overdue")).containsExactly("2026-11-23");
    assertThat(due(here, "overdue")).isEmpty();
  }

  private static String day(LocalDate today, int offset) {
    return today.plusDays(offset).toString();
  }

  /// Titled by its day.
  private static String add(TestClient company, String day) {
    return company
        .post(
            "/api/todos",
            "{\"title\": \"%s\", \"dueDate\": \"%s\"}".formatted(day.isEmpty() ? "none" : day, day))
        .expect(201)
        .header("Location")
        .orElseThrow();
  }

  private static List<String> due(TestClient company, String due) {
    return company.get("/api/todos?due=" + due).expect(200).json().findValuesAsText("title");
  }
}
