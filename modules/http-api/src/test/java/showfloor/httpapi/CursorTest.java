package showfloor.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final String FILTER = Cursor.filterHash("Active", null);

  private static ProblemType refusal(String cursor, String filter, int parts) {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> Cursor.decode(cursor, filter, parts));
    assertThat(problem.status()).isEqualTo(400);
    return problem.type();
  }

  @Test
  void aCursorGivesItsKeyBack() {
    String cursor = Cursor.encode(FILTER, "Grün & Söhne", "", "7");
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.decode(cursor, FILTER, 3)).isEqualTo(List.of("Grün & Söhne", "", "7"));
  }

  @Test
  void aCursorOfAnotherListIsNamedAsSuch() {
    String cursor = Cursor.encode(FILTER, "7");
    assertThat(refusal(cursor, Cursor.filterHash("Active", "x"), 1))
        .isEqualTo(ProblemTypes.CURSOR_MISMATCH);
    assertThat(refusal(cursor, FILTER, 2)).isEqualTo(ProblemTypes.INVALID_CURSOR);
  }

  @Test
  void everyCursorThatWasCutOrChangedIsRefused() {
    String cursor = Cursor.encode(FILTER, "Acme", "7");
    for (int i = 0; i < cursor.length(); i++) {
      assertThat(refusal(cursor.substring(0, i), FILTER, 2)).isEqualTo(ProblemTypes.INVALID_CURSOR);
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(refusal(changed, FILTER, 2)).isEqualTo(ProblemTypes.INVALID_CURSOR);
    }
    for (String bad : List.of("!", "AAAA", "x".repeat(5000), "ü")) {
      assertThat(refusal(bad, FILTER, 2)).isEqualTo(ProblemTypes.INVALID_CURSOR);
    }
  }

  @Test
  void aKeyThatTheDatabaseWouldRefuseIsRefusedHere() {
    assertThat(refusal(Cursor.encode(FILTER, "a\u0000b"), FILTER, 1))
        .isEqualTo(ProblemTypes.INVALID_CURSOR);
  }
}
