package showfloor.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedModuleTest {

  @Test
  void testsRunInsideTheModule() {
    assertThat(getClass().getModule().getName()).isEqualTo("showfloor.mail");
  }
}
