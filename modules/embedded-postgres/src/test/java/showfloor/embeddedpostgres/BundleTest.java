package showfloor.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the build put into the module, and for which machines it is.
class BundleTest {
  private static final Bundle LINUX =
      new Bundle("18.6", "linux-amd64", "postgres-linux-x86_64.txz");

  @Test
  void whereTheBuildFoundNoBinariesAStartSaysSoAndWhatToDo() {
    Bundle none = new Bundle("18.6", "", "");
    assertThatThrownBy(() -> none.requireFor("FreeBSD", "amd64"))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessage(
            "This platform (freebsd-amd64) has no bundled PostgreSQL."
                + " Set DATABASE_URL to a PostgreSQL server.");
  }

  @Test
  void aBuildOfAnotherPlatformIsRefusedBeforeAnythingIsUnpacked() {
    assertThatThrownBy(() -> LINUX.requireFor("Mac OS X", "aarch64"))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining(
            "bundles PostgreSQL for linux-amd64, but this machine is darwin-arm64v8")
        .hasMessageContaining("DATABASE_URL");
  }

  @Test
  void theNamesThatJavaGivesToMachinesAreUnderstood() {
    Map<String, String[]> machines =
        Map.of(
            "linux-amd64", new String[] {"Linux", "amd64"},
            "linux-arm64v8", new String[] {"Linux", "aarch64"},
            "darwin-amd64", new String[] {"Mac OS X", "x86_64"},
            "darwin-arm64v8", new String[] {"Mac OS X", "aarch64"});
    machines.forEach(
        (platform, machine) ->
            new Bundle("18.6", platform, "some.txz").requireFor(machine[0], machine[1]));
  }

  @Test
  void theArchiveOfThisMachineIsInTheModule() throws Exception {
    Bundle bundle = Bundle.load();
    assertThat(bundle.major()).isEqualTo(18);
    try (var tar = bundle.open()) {
      assertThat(tar.readNBytes(512)).hasSize(512);
    }
  }
}
