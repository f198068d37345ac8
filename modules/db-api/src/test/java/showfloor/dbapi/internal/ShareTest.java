package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.internal.Share.Promise;
import showfloor.dbapi.internal.Share.Wall;

class ShareTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # limit | sessions of nobody | others with 5 each | wanted || got
          21      | 0                  | 0                  | 5      | 5
          21      | 0                  | 3                  | 5      | 5
          16      | 0                  | 3                  | 5      | 1
          16      | 0                  | 2                  | 5      | 5
          14      | 0                  | 2                  | 5      | 3
          14      | 2                  | 2                  | 5      | 1
          12      | 0                  | 2                  | 5      | 1
          11      | 0                  | 2                  | 5      | 1
          10      | 0                  | 2                  | 5      | 0
          9       | 0                  | 2                  | 5      | 0
          1       | 0                  | 0                  | 5      | 1
          1       | 1                  | 0                  | 5      | 0
          2       | 0                  | 0                  | 5      | 1
          3       | 0                  | 0                  | 1      | 1
          """)
  void aShareIsWhatIsLeftLessOneThatIsKept(
      int limit, int uncovered, int others, int wanted, int got) {
    Share share = new Share(wanted, List.of(Wall.ofRole("x", limit, uncovered)), fives(others));
    assertThat(share.got()).isEqualTo(got);
    assertThat(share.got() + 5 * others + uncovered)
        .as("within the limit, where there is anything left")
        .isLessThanOrEqualTo(Math.max(limit, 5 * others + uncovered));
  }

  @Test
  void theTightestLimitCounts() {
    List<Wall> walls =
        List.of(Wall.ofRole("x", 100, 0), Wall.ofDatabase("d", 20, 8), Wall.ofServer(97, 50));
    Share share = new Share(9, walls, fives(1));
    assertThat(share.got()).isEqualTo(6);
    assertThat(share.arithmetic())
        .isEqualTo(
            "the database d allows 20 connections, in use are 13 (5 of instance 0, 8 in sessions of"
                + " no instance of this database), left 7, wanted 9");
  }

  /// It is enough for whoever was refused, whatever the others have taken.
  @Test
  void whatIsProposedIsEnough() {
    assertThat(new Share(5, List.of(Wall.ofRole("X", 3, 3)), List.of()).remedy())
        .isEqualTo("alter role \"X\" connection limit 21");
    assertThat(new Share(5, List.of(Wall.ofDatabase("d", 31, 1)), fives(6)).remedy())
        .isEqualTo("alter database \"d\" connection limit 37");
    assertThat(new Share(5, List.of(Wall.ofServer(97, 97)), List.of()).remedy())
        .isEqualTo("alter system set max_connections = 103");
  }

  @Test
  void fourInstancesAndOneThatStartsFitIntoTheLimitThatIsProposed() {
    Share fourth = new Share(5, List.of(Wall.ofRole("x", Share.limitFor(5), 0)), fives(3));
    assertThat(fourth.got()).isEqualTo(5);
    Share fifth = new Share(5, fourth.walls(), fives(4));
    assertThat(fifth.got()).isEqualTo(1);
  }

  private static List<Promise> fives(int instances) {
    return IntStream.range(0, instances).mapToObj(i -> new Promise("instance " + i, 5)).toList();
  }
}
