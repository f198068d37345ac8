package showfloor.reports.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardTest {

  @Test
  void equalOnesHaveOneVersion() {
    assertThat(of(4, 31, "[]").version()).isEqualTo(of(4, 31, "[]").version());
  }

  /// A sum of the counters, each times a power of 31, is the same for these.
  @Test
  void onesThatDifferInTwoCountersHaveTwoVersions() {
    List<Dashboard> all =
        List.of(
            of(4, 31, "[]"),
            of(5, 0, "[]"),
            of(4, 32, "[]"),
            of(4, 31, "[{\"status\":\"Aa\",\"_count\":1}]"),
            of(4, 31, "[{\"status\":\"BB\",\"_count\":1}]"));
    assertThat(all).extracting(Dashboard::version).doesNotHaveDuplicates();
  }

  private static Dashboard of(long notes, long photos, String byStatus) {
    return new Dashboard(9, notes, photos, 0, 0, 0, byStatus, "[]", "[]", "[]");
  }
}
