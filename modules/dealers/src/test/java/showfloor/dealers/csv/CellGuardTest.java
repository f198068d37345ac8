package showfloor.dealers.csv;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CellGuardTest {

  @Property
  void guardedTextComesBackAsItWas(@ForAll("cells") String value) {
    assertThat(CellGuard.unguard(CellGuard.guard(value))).isEqualTo(value);
  }

  @Property
  void guardedTextIsNoFormula(@ForAll("cells") String value) {
    assertThat(CellGuard.guard(value)).doesNotMatch("(?s)[=+\\-@\\t\\r].*");
  }

  @Property
  void differentTextsStayDifferent(@ForAll("cells") String one, @ForAll("cells") String other) {
    assertThat(CellGuard.guard(one).equals(CellGuard.guard(other))).isEqualTo(one.equals(other));
  }

  @Example
  void harmlessTextStays() {
    assertThat(CellGuard.guard("'t Hart")).isEqualTo("'t Hart");
    assertThat(CellGuard.unguard("'t Hart")).isEqualTo("'t Hart");
    assertThat(CellGuard.guard("1-2=3")).isEqualTo("1-2=3");
  }

  @Provide
  Arbitrary<String> cells() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("'=+-@\t\rab ").ofMaxLength(6), Arbitraries.strings());
  }
}
