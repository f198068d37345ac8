package showfloor.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a body changes of a row, and what it may not.
class ChangeTest {
  private static final UUID ID = new UUID(0, 1);
  private static final UUID COMPANY = new UUID(0, 2);
  private static final List<BoothField> ALL = List.of(BoothField.values());

  private record Booth(String name, @Nullable Integer hallNumber) {}

  private enum BoothField implements Change.Field<Booth> {
    NAME("name"),
    HALL_NUMBER("hallNumber");

    private final String member;

    BoothField(String member) {
      this.member = member;
    }

    @Override
    public String member() {
      return member;
    }

    @Override
    public @Nullable Object of(Booth booth) {
      return this == NAME ? booth.name() : booth.hallNumber();
    }

    private @Nullable Object read(Fields body) {
      return this == NAME ? body.text(member, Limits.NAME) : body.integerOrNull(member, 1, 99);
    }
  }

  @Test
  void whatIsNotThereStaysAndNullClears() {
    Change<Booth> change = sent("{\"hallNumber\": null}");
    assertThat(change.columns()).containsExactly("hall_number");
    assertThat(change.get(BoothField.HALL_NUMBER)).isNull();
    assertThat(change.with(BoothField.NAME, "B").columns()).containsExactly("hall_number", "name");
  }

  @Test
  void ofWhatIsNewEveryFieldIsRead() {
    assertThatThrownBy(
            () -> {
              Fields body = body("{\"hallNumber\": 7}");
              Change.whole(body, ALL, BoothField::read);
              Change.done(body, COMPANY, null);
            })
        .hasMessage("name is required.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\": \"00000000-0000-0000-0000-000000000001\"}",
        "{\"companyId\": \"00000000-0000-0000-0000-000000000002\"}",
        "{\"version\": 7, \"createdAt\": 1, \"updatedAt\": null, \"_count\": {}}"
      })
  void ourOwnAnswerMayComeBack(String body) {
    Change.done(body(body), COMPANY, ID, "_count");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\": \"00000000-0000-0000-0000-000000000002\"}",
        "{\"companyId\": \"00000000-0000-0000-0000-000000000001\"}",
        "{\"companyId\": null}"
      })
  void noBodyMovesARow(String body) {
    assertThatThrownBy(() -> Change.done(body(body), COMPANY, ID)).isInstanceOf(Problem.class);
  }

  @Test
  void theIdOfWhatIsNewIsMadeByTheServer() {
    assertThatThrownBy(() -> Change.done(body("{\"id\": \"x\"}"), COMPANY, null))
        .hasMessage("id is made by the server.");
  }

  @Test
  void whoIsLateIsToldWhatDiffersAndTheVersionToAskFor() {
    Change<Booth> change = sent("{\"name\": \"A\", \"hallNumber\": 7}");
    Problem problem = change.refusedBy(new Booth("A", null), 12);
    assertThat(problem.headers()).containsEntry("ETag", "\"12\"");
    assertThat(json(problem, "current")).isEqualTo("{\"hallNumber\":null,\"version\":12}");
    assertThat(json(problem, "yours")).isEqualTo("{\"hallNumber\":7}");
  }

  private static Change<Booth> sent(String json) {
    return Change.sent(body(json), ALL, BoothField::read);
  }

  private static Fields body(String json) {
    return Fields.parse(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Limits.JSON_TOKENS);
  }

  private static String json(Problem problem, String member) {
    return new String(
        Json.bytes(problem.members().getOrDefault(member, out -> {})), StandardCharsets.UTF_8);
  }
}
