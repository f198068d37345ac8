package showfloor.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedModuleTest {

  @Test
  void testsRunInsideTheirModule() {
    assertThat(getClass().getModule().getName()).isEqualTo("showfloor.stripe");
  }
}
