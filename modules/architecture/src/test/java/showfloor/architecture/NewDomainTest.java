package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the command that makes a domain writes, and what it refuses.
class NewDomainTest {
  private static CheckoutCopy checkout;
  private static String said;

  @BeforeAll
  static void makeADomain() throws Exception {
    checkout = CheckoutCopy.make("new-domain");
    CheckoutCopy.Ended made = checkout.newDomain("email-files");
    assertThat(made.code()).as(made.output()).isZero();
    said = made.output();
    checkout.compileNewDomain();
  }

  @Test
  void whatItWritesIsAsTheRulesWantIt() {
    assertThat(Project.sources(checkout.root()))
        .filteredOn(source -> source.toString().contains("/modules/email-files/"))
        .hasSizeGreaterThanOrEqualTo(9)
        .allMatch(source -> Formatting.isFormatted(Project.read(source)));
    assertThat(checkout.read("README.md")).contains(ReadmeTest.map(checkout.root()));
    assertThat(checkout.read("modules/email-files/README.md"))
        .startsWith("# email-files\n")
        .contains("`emailfiles`", "`POST /api/email-files/things`", "`EmailFilesDomain`");
    assertThat(ModuleReadmes.of(checkout.root()).faults()).isEmpty();
    assertThat(said).contains("modules/email-files/pom.xml", "mvn -pl modules/email-files -am");
  }

  @Test
  void itPutsTheDomainWhereverDomainsAreListed() {
    assertThat(checkout.read("modules/app/src/main/java/showfloor/app/Domains.java"))
        .contains("import showfloor.emailfiles.EmailFilesDomain;")
        .contains("            new EmailFilesDomain(database));")
        .matches(Formatting::isFormatted);
    assertThat(checkout.read("modules/app/src/main/java/module-info.java"))
        .contains("  requires showfloor.emailfiles;\n");
    assertThat(
            checkout.read("modules/architecture/src/test/resources/descriptors/showfloor.app.txt"))
        .contains("\nrequires showfloor.emailfiles\n");
    for (String pom : List.of("modules/app/pom.xml", "modules/architecture/pom.xml")) {
      assertThat(checkout.read(pom)).contains("<artifactId>email-files</artifactId>");
    }
    assertThat(checkout.read("pom.xml"))
        .contains("<module>modules/email-files</module>\n    <module>modules/app</module>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Bookings              | lower-case letters and digits, words joined by hyphens
          EmailFiles            | Try email-files.
          trade_fairs           | Try trade-fairs.
          trade fairs           | Try trade-fairs.
          ../fairs              | Try fairs.
          -fairs                | see --help
          a                     | 2 to 20 characters
          a-name-of-twenty-one1 | 2 to 20 characters
          order                 | a word of Java or SQL
          package               | a word of Java or SQL
          owner                 | the platform's own name
          dealers               | modules/dealers is there already
          email-files           | modules/email-files is there already
          emailfiles            | modules/email-files is there already
          """)
  void aNameThatDoesNotFitIsRefusedAndNothingIsWritten(String name, String reason)
      throws Exception {
    Map<String, String> before = checkout.files();
    CheckoutCopy.Ended refused = checkout.compiledNewDomain(name);
    assertThat(refused.code()).isPositive();
    assertThat(refused.output()).contains(reason).doesNotContain("Exception");
    assertThat(checkout.files()).isEqualTo(before);
  }

  @Test
  void whoAsksForHelpOrForNothingIsTold() throws Exception {
    CheckoutCopy.Ended help = checkout.compiledNewDomain("--help");
    assertThat(help.output()).contains("NewDomain.java NAME", "mvn -pl modules/NAME -am verify");
    assertThat(help.code()).isZero();
    assertThat(checkout.compiledNewDomain().code()).isEqualTo(2);
    assertThat(checkout.compiledNewDomain("one", "two").output()).contains("--help");
  }

  /// A place that the command looks for and does not find is named, and nothing is half written.
  @Test
  void aCheckoutThatItDoesNotFitIsLeftAlone() throws Exception {
    Path domains = checkout.root().resolve("modules/app/src/main/java/showfloor/app/Domains.java");
    String text = Files.readString(domains);
    try {
      Files.writeString(domains, text.replace("List.of( //", "List.of("));
      Map<String, String> before = checkout.files();
      CheckoutCopy.Ended refused = checkout.compiledNewDomain("bookings");
      assertThat(refused.code()).isOne();
      assertThat(refused.output()).contains("Domains.java has no line 'List.of( //'");
      assertThat(checkout.files()).isEqualTo(before);
    } finally {
      Files.writeString(domains, text);
    }
  }
}
