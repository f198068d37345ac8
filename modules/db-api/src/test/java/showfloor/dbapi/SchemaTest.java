package showfloor.dbapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  /// The role of a module called `app` would be the login, that of `owner` the owner of everything.
  @ParameterizedTest
  @ValueSource(strings = {"app", "owner", "public", "x", "Shop", "my-shop", "2shops", "shop; drop"})
  void aNameThatIsTakenOrNoNameIsRefused(String module) {
    assertThatThrownBy(() -> new Schema(module, List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not the name of a schema: '%s'; 2 to 31 lower-case letters and digits, and none of"
                    .formatted(module)
                + " [app, owner, public]");
  }

  @Test
  void othersAreTaken() {
    assertThat(new Schema("trade4shows", List.of(), Map.of()).module()).isEqualTo("trade4shows");
  }
}
