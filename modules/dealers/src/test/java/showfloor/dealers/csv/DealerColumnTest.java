package showfloor.dealers.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DealerColumnTest {

  @Test
  void everyHeaderOfAnExportIsUnderstoodByAnImport() {
    for (DealerColumn column : DealerColumn.values()) {
      assertThat(column.rank(column.title())).as(column.title()).contains(0);
    }
  }

  @Test
  void noWordMeansTwoColumns() {
    for (DealerColumn one : DealerColumn.values()) {
      for (DealerColumn other : DealerColumn.values()) {
        if (one != other) {
          assertThat(other.rank(one.title())).as(one + " and " + other).isEmpty();
        }
      }
    }
  }

  @Test
  void membersAreThoseOfADealer() {
    assertThat(DealerColumn.COMPANY_NAME.member()).isEqualTo("companyName");
    assertThat(DealerColumn.BUYING_GROUP.member()).isEqualTo("buyingGroup");
    assertThat(DealerColumn.ZIP.member()).isEqualTo("zip");
  }
}
