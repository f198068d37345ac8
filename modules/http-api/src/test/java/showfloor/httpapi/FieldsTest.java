package showfloor.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  private static Fields parse(String json) {
    return Fields.parse(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Limits.JSON_TOKENS);
  }

  /// `pointer CODE` of each fault, in order.
  private static List<String> faults(String json, Consumer<Fields> reading) {
    Fields fields = parse(json);
    reading.accept(fields);
    Problem problem = catchThrowableOfType(Problem.class, fields::done);
    assertThat(problem.type()).isEqualTo(ProblemTypes.VALIDATION_FAILED);
    return problem.errors().stream().map(e -> e.pointer() + " " + e.code()).toList();
  }

  @Test
  void goodMembersAreRead() {
    Fields fields =
        parse(
            """
            {"name": " Acme ", "mail": "Jo@Acme.Example", "n": 5, "yes": true, "day": "2026-11-23",
             "at": "2026-11-23T10:15:30.123+02:00", "word": "b",
             "list": [{"x": "1"}, {"x": "2"}], "blank": "  ", "nothing": null, "pass": " p w "}
            """);
    assertThat(fields.text("name", Limits.NAME)).isEqualTo("Acme");
    assertThat(fields.email("mail")).isEqualTo("jo@acme.example");
    assertThat(fields.integerOrNull("n", 1, 5)).isEqualTo(5);
    assertThat(fields.bool("yes", false)).isTrue();
    assertThat(fields.bool("no", true)).isTrue();
    assertThat(fields.dateOrNull("day")).isEqualTo(LocalDate.of(2026, 11, 23));
    assertThat(fields.instantOrNull("at")).isEqualTo(Instant.parse("2026-11-23T08:15:30.123Z"));
    assertThat(fields.oneOf("word", List.of("a", "b"))).isEqualTo("b");
    assertThat(fields.objects("list", Limits.WORD).stream().map(o -> o.text("x", Limits.WORD)))
        .containsExactly("1", "2");
    assertThat(fields.textOrNull("blank", Limits.WORD)).isNull();
    assertThat(fields.textOrNull("nothing", Limits.WORD)).isNull();
    assertThat(fields.dateOrNull("blank")).isNull();
    assertThat(fields.has("nothing")).isTrue();
    assertThat(fields.has("absent")).isFalse();
    assertThat(fields.secret("pass", 3, 10)).isEqualTo(" p w ");
    assertThatCode(fields::done).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T00:00:00.000Z",
        "2026-11-23T23:59:59.999-12:00",
        "2026-11-23T00:00+14:00"
      })
  void aMomentIsTheDateThatItSays(String moment) {
    Fields fields = parse("{\"day\": \"%s\"}".formatted(moment));
    assertThat(fields.dateOrNull("day")).isEqualTo(LocalDate.of(2026, 11, 23));
    assertThatCode(fields::done).doesNotThrowAnyException();
  }

  @Test
  void idsAreReadOneByOne() {
    String id = "019ab0f4-5c1e-7cc2-9f6b-2f4b8a1d3e70";
    Fields fields = parse("{\"some\": [\"%s\", \"%s\"], \"none\": null}".formatted(id, id));
    assertThat(fields.ids("some", Limits.ZIP)).hasSize(2).containsOnly(UUID.fromString(id));
    assertThat(fields.ids("none", Limits.ZIP)).isEmpty();
    assertThat(fields.ids("absent", Limits.ZIP)).isEmpty();
    assertThatCode(fields::done).doesNotThrowAnyException();
    assertThat(
            faults(
                "{\"a\": [\"1\", 2, null, \"%s\"], \"b\": \"%s\", \"c\": [%s0]}"
                    .formatted(id, id, "0,".repeat(20)),
                each -> List.of("a", "b", "c").forEach(name -> each.ids(name, Limits.ZIP))))
        .containsExactly(
            "/a/0 INVALID_ID",
            "/a/1 INVALID_ID",
            "/a/2 INVALID_ID",
            "/b WRONG_TYPE",
            "/c TOO_MANY");
  }

  @Test
  void allFaultsAreReportedAtOnceWhereTheyAre() {
    assertThat(
            faults(
                "{\"name\": \" \", \"n\": 9, \"list\": [{\"mail\": \"x\"}, 7], \"what\": 1}",
                fields -> {
                  fields.text("name", Limits.NAME);
                  fields.text("city", Limits.WORD);
                  fields.integerOrNull("n", 1, 5);
                  fields.objects("list", Limits.WORD).forEach(each -> each.email("mail"));
                  fields.fault("name", "OWN", "A rule of the domain.");
                }))
        .containsExactly(
            "/name REQUIRED",
            "/city REQUIRED",
            "/n OUT_OF_RANGE",
            "/list/1 WRONG_TYPE",
            "/list/0/mail INVALID_EMAIL",
            "/name OWN",
            "/what UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 | WRONG_TYPE",
        "true | WRONG_TYPE",
        "[] | WRONG_TYPE",
        "{} | WRONG_TYPE",
        "null | REQUIRED",
        "\"\" | REQUIRED",
        "\"\\u0000\" | INVALID_TEXT",
        "\"\\ud800\" | INVALID_TEXT",
        "\"\\udc00\\ud800\" | INVALID_TEXT",
        "\"123456789012345678901\" | TOO_LONG"
      })
  void textThatIsNoneIsRefused(String value, String code) {
    assertThat(faults("{\"zip\":" + value + "}", fields -> fields.text("zip", Limits.ZIP)))
        .containsExactly("/zip " + code);
  }

  @Test
  void lengthIsCountedInCharactersNotInUnits() {
    Fields fields = parse("{\"zip\":\"" + "😀".repeat(20) + "\"}");
    assertThat(fields.text("zip", Limits.ZIP)).hasSize(40);
    assertThatCode(fields::done).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, WRONG_TYPE", "1.0, WRONG_TYPE", "\"5\", WRONG_TYPE", "true, WRONG_TYPE",
    "99999999999, OUT_OF_RANGE", "1e2, WRONG_TYPE", "0, OUT_OF_RANGE", "6, OUT_OF_RANGE"
  })
  void onlyWholeNumbersInRangeAreNumbers(String value, String code) {
    assertThat(faults("{\"n\":" + value + "}", fields -> fields.integerOrNull("n", 1, 5)))
        .containsExactly("/n " + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "@x", "x@", "x@y@z", "a b@c", "a@b,c@d", "a@b\\u0001c"})
  void whatHasNotTheShapeOfAnAddressIsRefused(String mail) {
    assertThat(faults("{\"m\":\"" + mail + "\"}", fields -> fields.email("m")))
        .containsExactly("/m INVALID_EMAIL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30",
        "2026-1-1",
        "0000-01-01",
        "+12026-01-01",
        "23.11.2026",
        "2026-11-23T00:00",
        "+12026-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z"
      })
  void datesThatDoNotExistAreRefused(String date) {
    assertThat(faults("{\"d\":\"" + date + "\"}", fields -> fields.dateOrNull("d")))
        .containsExactly("/d INVALID_DATE");
  }

  @Test
  void membersOfOurAnswersMayComeBackButNotMove() {
    String json = "{\"createdAt\":\"x\",\"id\":\"1\",\"companyId\":\"2\"}";
    assertThat(
            faults(
                json,
                fields -> {
                  fields.ignore("createdAt");
                  fields.same("id", "1");
                  fields.same("companyId", "3");
                }))
        .containsExactly("/companyId IMMUTABLE");
  }

  @Test
  void namesOfUnknownMembersAreQuotedSafely() {
    assertThat(faults("{\"a/b~\\u0000\":1}", fields -> {}))
        .containsExactly("/a~1b~0\uFFFD UNKNOWN");
  }
}
