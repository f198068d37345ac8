package showfloor.httpapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;

class JsonMemoryTest {
  private static final long MB = 1 << 20;
  private final JsonMemory memory = new JsonMemory(256 * MB);

  private static JsonBody body(String text) {
    return JsonBody.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Long.MAX_VALUE);
  }

  @Test
  void whoFindsNoRoomIsAskedToComeBack() {
    try (JsonMemory.Share first = memory.share();
        JsonMemory.Share second = memory.share()) {
      first.tree(60 * MB);
      assertThatThrownBy(() -> second.tree(5 * MB))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.code()).isEqualTo("TEMPORARY_REDUCED_CAPACITY");
                assertThat(problem.headers()).containsEntry("Retry-After", "2");
              });
      second.tree(3 * MB);
    }
    assertThat(memory.treeBytes()).isZero();
  }

  @Test
  void aSmallBodyFindsRoomWhereALargeOneTookItAll() {
    try (JsonMemory.Share large = memory.share();
        JsonMemory.Share small = memory.share()) {
      large.tree(1_000 * MB);
      assertThat(memory.treeBytes()).isEqualTo(64 * MB);
      small.arriving(500);
      small.tree(body("{\"email\":\"a@b.c\",\"password\":\"12345678\"}").treeBytes(1_000));
    }
  }

  @Test
  void aTreeIsWeighedByWhatItIsMadeOf() {
    long empty = body("{\"a\":[" + "{},".repeat(349_000) + "{}]}").treeBytes(Integer.MAX_VALUE);
    // As measured on a 64-bit JVM: 87 bytes for each {}.
    assertThat(empty).isGreaterThan(87 * 349_001L).isLessThan(2 * 87 * 349_001L);
    long text = body("{\"a\":\"" + "x".repeat(1_000_000) + "\"}").treeBytes(Integer.MAX_VALUE);
    assertThat(text).isBetween(1_000_000L, 2_100_000L);
  }

  @Test
  void theLargestBulkBodyFitsIntoTheSmallestHeap() {
    long most = 2L * Limits.BULK_BODY.value() + 64L * Limits.BULK_TOKENS.value();
    assertThat(most).isLessThan(64 * MB);
  }
}
