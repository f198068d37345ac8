package showfloor.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static showfloor.embeddedpostgres.TestData.BUDGET;
import static showfloor.embeddedpostgres.TestData.ask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whom the server runs as when root starts it.
class AccountTest {

  @BeforeEach
  void onlyRootHasAChoice() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0));
  }

  @Test
  void whereOthersMayPassItIsAnUnprivilegedUserAndWhereNotAUserNamespace() throws Exception {
    Path data = TestData.copy("account");
    Path above = data.resolve("..").normalize();
    startsAs(data, "setpriv");
    mode(above, "rwx------");
    startsAs(data, "unshare");
    mode(above, "rwxr-xr-x");
    startsAs(data, "setpriv");
  }

  private static void startsAs(Path data, String program) throws Exception {
    Folder folder = Folder.below(data);
    Account account = Account.choose(folder);
    assertThat(account.prefix()).first().isEqualTo(program);
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
    try {
      assertThat(ask(server, "SELECT line FROM kept")).isEqualTo("before");
      assertThat(Files.getAttribute(folder.cluster(), "unix:uid")).isEqualTo(account.uid());
    } finally {
      assertThat(server.stop(BUDGET)).isTrue();
    }
  }

  private static void mode(Path folder, String mode) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  @Test
  void theDataAreGivenToTheAccountOfTheServer() throws Exception {
    Path data = TestData.copyWithoutCluster("foreign");
    Folder folder = Folder.below(data);
    Path cluster = Files.createDirectory(folder.cluster());
    Account other = new Account(List.of(), 12_345, 12_345);
    other.own(folder, cluster);
    assertThat(Files.getAttribute(cluster, "unix:uid")).isEqualTo(12_345);
  }

  @Test
  void anOwnerThatCannotBeChangedIsReported() {
    Account account = new Account(List.of(), 12_345, 12_345);
    assertThatThrownBy(() -> account.own(new Folder(Path.of("/proc")), Path.of("/proc/version")))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("belongs to the user with the number 0");
  }
}
