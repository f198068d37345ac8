package showfloor.dealers.search;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.Sql;
import showfloor.dealers.DealersDomain;
import showfloor.testing.TestServer;

/// What a name becomes before it is compared.
class FoldingTest {
  /// A letter beyond ASCII in front lets the long way be taken.
  private static final Sql COUNT_DIFFERENT =
      Sql.of(
          "dealers.test_count_different",
          """
          SELECT count(*) AS different
          FROM unnest(:texts::text[]) AS t (text)
          WHERE dealers.fold('\u00f8 ' || t.text)
            IS DISTINCT FROM btrim('o ' || dealers.fold(t.text))
          """);

  private static final Sql FOLD =
      Sql.of(
          "dealers.test_fold",
          "SELECT dealers.fold(:name) AS folded, dealers.name_key(dealers.fold(:name)) AS name_key");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(parts -> List.of(new DealersDomain(parts.database())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theShortWayOfPlainLettersEndsWhereTheLongOneDoes() {
    Random random = new Random(20261127);
    String[] texts =
        Stream.generate(
                () -> random.ints(12, 1, 128).mapToObj(Character::toString).collect(joining()))
            .limit(5_000)
            .toArray(String[]::new);
    long different =
        in(
            () ->
                server
                    .database()
                    .one(COUNT_DIFFERENT.with("texts", texts), row -> row.bigint("different")));
    assertThat(different).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'  O''Brien`s & Sons, Inc. ', obriens sons inc, obrnsns",
    "The Lighting Company LLC, the lighting company llc, lghtng",
    "Caf\u00e9 Stra\u00dfe, cafe strase, cfstrs",
    "\u0141\u00d3D\u0179, lodz, lodz",
    "Inc., inc, inc",
    "7-Eleven 77, 7 eleven 77, 7lvn77",
  })
  void aNameIsFoldedAndKeyed(String name, String folded, String key) {
    List<String> found =
        in(
            () ->
                server
                    .database()
                    .one(
                        FOLD.with("name", name),
                        row -> List.of(row.text("folded"), row.text("name_key"))));
    assertThat(found).containsExactly(folded, key);
  }

  private static <T> T in(Supplier<T> work) {
    return server.in(new UUID(0, 0), work::get);
  }
}
