package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.runtime.DatabaseConfig;

/// A real process is stopped in the middle of a COPY and of a unit of work (SIGSTOP), and goes on
/// later. At the pace of production.
class FrozenProcessTest {
  private static final Duration REAPED_WITHIN = Duration.ofSeconds(12);

  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void itLosesItsSessionsAndCannotWriteOnButWorksAgain() throws Exception {
    try (FleetRig rig = new FleetRig(30)) {
      Process frozen = start(rig.config(5));
      try {
        Rig.await(() -> says("ready ") && says("copies true"));
        String id = said("ready ");
        rig.open(2, Rhythm.USUAL);
        assertThat(rig.sessions(id)).as("the COPY, the unit, maybe more").isGreaterThan(1);

        signal(frozen, "STOP");
        long stopped = System.nanoTime();
        Rig.await(() -> rig.sessions(id) == 0);
        Rig.await(() -> rig.sessions(id) == 0);
        assertThat(rig.sessions(id)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - stopped))
            .isBetween(Duration.ofSeconds(5), REAPED_WITHIN);
        assertThat(rig.instances("id = '%s' and fenced is not null".formatted(id))).isEqualTo(1);

        signal(frozen, "CONT");
        goOn(frozen);
        Rig.await(() -> says("refused") || says("wrote on"));
        assertThat(said).noneMatch(line -> line.startsWith("wrote on"));
        assertThat(rig.items(Rig.ACME)).isZero();
        Rig.await(() -> rig.instances("fenced is not null") == 0);
        goOn(frozen);
        Rig.await(() -> says("works again"));
        assertThat(rig.items(Rig.ACME)).isEqualTo(1);
        goOn(frozen);
        assertThat(frozen.waitFor(20, TimeUnit.SECONDS)).as(() -> "it ends: " + said).isTrue();
        Rig.await(() -> says("left"));
        assertThat(said("left ")).isEqualTo("0");
        assertThat(rig.instances("id = '%s'".formatted(id))).isZero();
      } finally {
        frozen.destroyForcibly();
      }
    }
  }

  /// The modules of this process and the classes of this test, in another process.
  private Process start(DatabaseConfig config) throws Exception {
    URI here = getClass().getResource("FrozenProcessTest.class").toURI();
    Path tests = Path.of(here).resolve("../../../..").normalize();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("--patch-module", "showfloor.dbapi=" + tests));
    command.addAll(List.of("--add-reads", "showfloor.dbapi=ALL-UNNAMED"));
    command.addAll(List.of("-m", "showfloor.dbapi/" + Freezable.class.getName()));
    command.addAll(List.of(config.url(), config.user(), config.password()));
    Process process = new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
    Thread.ofVirtual().start(() -> listen(process.inputReader(StandardCharsets.UTF_8)));
    return process;
  }

  private void listen(BufferedReader output) {
    output
        .lines()
        .filter(line -> line.startsWith("SAYS "))
        .forEach(line -> said.add(line.substring("SAYS ".length())));
  }

  private boolean says(String beginning) {
    return said.stream().anyMatch(line -> line.startsWith(beginning));
  }

  private String said(String beginning) {
    return said.stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("it did not say '%s': %s".formatted(beginning, said)));
  }

  private static void goOn(Process process) throws Exception {
    OutputStream input = process.getOutputStream();
    input.write('\n');
    input.flush();
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }
}
