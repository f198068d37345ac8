package showfloor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/// The measure itself: it must find what pages would trip over.
class ShapeTest {
  private static final Shape SHAPE = Shape.of("id:id", "rating:count?", "at:moment", "list:list");

  @Test
  void whatFitsIsFine() throws Exception {
    assertThat(faults("{'id': 'a', 'rating': null, 'at': '2026-11-23T10:15:30.123Z', 'list': []}"))
        .isEmpty();
  }

  @Test
  void whatIsMissingOrOfAnotherTypeIsFound() throws Exception {
    assertThat(faults("{'id': 7, 'at': null, 'list': {}}"))
        .containsExactly(
            "at is no moment: null", "id is no id: 7", "list is no list: {}", "rating is missing");
  }

  private static java.util.List<String> faults(String json) throws Exception {
    return SHAPE.faults(new ObjectMapper().readTree(json.replace('\'', '"')));
  }
}
