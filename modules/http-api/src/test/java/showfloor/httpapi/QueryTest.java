package showfloor.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @Test
  void parametersAreReadAndDecoded() {
    UUID id = UUID.randomUUID();
    Query query =
        Query.parse(
            "s=a+b%26%C3%BC&&n=5&yes=true&blank=&word=b&at=2026-11-23T10:15:30+01:00&id=" + id);
    assertThat(query.text("s", "")).isEqualTo("a b&ü");
    assertThat(query.text("blank", "none")).isEqualTo("none");
    assertThat(query.id("blank")).isEmpty();
    assertThat(query.instant("blank")).isEmpty();
    assertThat(query.text("absent", Limits.WORD)).isEmpty();
    assertThat(query.integer("n", 1, 5)).hasValue(5);
    assertThat(query.bool("yes", false)).isTrue();
    assertThat(query.oneOf("word", List.of("a", "b"))).hasValue("b");
    assertThat(query.instant("at")).hasValue(Instant.parse("2026-11-23T09:15:30Z"));
    assertThat(query.id("id")).hasValue(id);
    assertThat(query.page()).isEqualTo(new PageRequest(1, 50, java.util.Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"page=3&limit=200, 3, 200, 400", "page=1000000, 1000000, 50, 49999950"})
  void pagesAreCountedFromOne(String raw, int page, int limit, int offset) {
    PageRequest request = Query.parse(raw).page();
    assertThat(request.page()).isEqualTo(page);
    assertThat(request.limit()).isEqualTo(limit);
    assertThat(request.offset()).isEqualTo(offset);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=0",
        "page=-1",
        "page=1.5",
        "page=abc",
        "page=",
        "page=1000001",
        "page=99999999999",
        "limit=0",
        "limit=201",
        "limit=x",
        "page=2&cursor=abc",
        "limit=%2B5x"
      })
  void aBadPageIsRefusedWithItsRange(String raw) {
    Problem problem = catchThrowableOfType(Problem.class, () -> Query.parse(raw).page());
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).matches(".*(from 1 to (1000000|200)|not both).*");
  }

  @Test
  void twoBadValuesAreReportedTogether() {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> Query.parse("page=0&limit=0").page());
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("?page", "?limit");
    assertThat(problem.detail())
        .isEqualTo(
            "page must be a whole number from 1 to 1000000."
                + " limit must be a whole number from 1 to 200.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "a=1&a=2", "%ff=1"})
  void whatIsNoQueryIsRefused(String raw) {
    assertThat(catchThrowableOfType(Problem.class, () -> Query.parse(raw)).status()).isEqualTo(400);
  }

  @Test
  void wordsThatAreNotAllowedAreRefusedWithThoseThatAre() {
    Query query = Query.parse("a=x");
    assertThat(
            catchThrowableOfType(Problem.class, () -> query.oneOf("a", List.of("b", "c"))).detail())
        .isEqualTo("a must be one of b, c.");
    assertThat(catchThrowableOfType(Problem.class, () -> query.bool("a", true)).detail())
        .isEqualTo("a must be true or false.");
    assertThat(catchThrowableOfType(Problem.class, () -> query.id("a")).status()).isEqualTo(400);
    assertThat(catchThrowableOfType(Problem.class, () -> query.instant("a")).status())
        .isEqualTo(400);
    assertThat(
            catchThrowableOfType(
                    Problem.class,
                    () -> Query.parse("a=" + "x".repeat(201)).text("a", Limits.SEARCH))
                .errors())
        .extracting(FieldError::code)
        .containsExactly("TOO_LONG");
  }
}
