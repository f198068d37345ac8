package showfloor.httpapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.RouteClass;

class StreamMemoryTest {
  /// Room for 64 at once, 16 of one company.
  private final StreamMemory memory = new StreamMemory(64 << 20);

  private final Deque<StreamMemory.Part> open = new ArrayDeque<>();

  private static UUID of(int company) {
    return new UUID(1, company);
  }

  private void answers(int count, @Nullable UUID company) {
    for (int i = 0; i < count; i++) {
      open.push(memory.answer(company));
    }
  }

  private void refused(@Nullable UUID company) {
    assertThatThrownBy(() -> answers(1, company))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("TEMPORARY_REDUCED_CAPACITY");
              assertThat(problem.headers()).containsEntry("Retry-After", "1");
            });
  }

  @Test
  void oneCompanyLeavesRoomForOthers() {
    answers(16, of(1));
    refused(of(1));
    answers(16, of(2));
  }

  @Test
  void thoseWithoutATokenShareWhatACompanyHas() {
    answers(16, null);
    refused(null);
    answers(1, of(1));
  }

  @Test
  void allTogetherHaveAnEnd() {
    for (int company = 1; company <= 4; company++) {
      answers(16, of(company));
    }
    refused(of(5));
    open.pop().close();
    answers(1, of(5));
  }

  @Test
  void whoWaitsGetsWhatIsGivenBack() throws Exception {
    answers(16, of(1));
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> answers(1, of(1)));
    open.pop().close();
    waiting.get(5, TimeUnit.SECONDS);
  }

  @Test
  void anImportCountsForMore() {
    Endpoint imports = new Endpoint("things", "POST", "/api/things/import", _ -> Answer.empty(204));
    imports.as(RouteClass.IMPORT).streams(Limits.IMPORT_BODY);
    for (int i = 0; i < 4; i++) {
      open.push(Objects.requireNonNull(memory.body(imports, of(1))));
    }
    refused(of(1));
  }

  @Test
  void whatIsReadAtOnceWaitsForNobody() throws Exception {
    Endpoint plain = new Endpoint("things", "POST", "/api/things", _ -> Answer.empty(204));
    answers(16, of(1));
    Thread waiting = Thread.ofPlatform().start(() -> refused(of(1)));
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    try (StreamMemory.Part _ = memory.body(plain, of(1))) {
      assertThat(waiting.isAlive()).as("the one before it still waits").isTrue();
    }
    waiting.join();
  }

  @Test
  void nothingIsLeftBehind() {
    answers(16, of(1));
    refused(of(1));
    while (!open.isEmpty()) {
      open.pop().close();
    }
    assertThat(memory.isIdle()).isTrue();
  }
}
