package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What one look alone found is connections that come and go.
class LookTest {

  @Test
  void onlyWhatBothLooksFoundIsADifference() {
    Look first = look(2, -1, "lease #1", "lease #2");
    assertThat(look(-1, 1, "lease #3").confirming(first).agrees()).isTrue();
    assertThat(look(0, 0).confirming(first).agrees()).isTrue();
    Look confirmed = look(1, -3, "lease #2", "lease #3").confirming(first);
    assertThat(confirmed.unbooked()).isEqualTo(1);
    assertThat(confirmed.unpooled()).isEqualTo(-1);
    assertThat(confirmed.lost()).containsExactly("lease #2");
  }

  private static Look look(int unbooked, int unpooled, String... lost) {
    return new Look(0, 0, 0, unbooked, unpooled, Set.of(lost), Optional.empty());
  }
}
