package showfloor.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The proofs that run where what they break lives, in every build.
enum Elsewhere {
  P1("programs that would leak are refused by the compiler or the build", "LeakCorpusTest"),
  P2("attacks at run time get no connection", "LeakCorpusTest"),
  P3(
      "12,288 ways in which 7 steps of a lease go, 8 callers on 2 connections: everything comes back",
      "WayBackEnumerationTest"),
  P4(
      "random schedules at the gate and all interleavings of 3 callers: no permit lost or doubled",
      "AdmissionSimulationTest"),
  P9("nested leases are refused at once, with both places named", "NestingTest"),
  P10(
      "1.2x, 1.5x, 3x of the capacity: 95 % of it answered within 1 s, nothing shed at 0.8x",
      "AdmissionLoadTest"),
  P12("no session state outlives a lease", "SessionHygieneTest"),
  P14("a start that fails leaves no session, thread or socket", "StartFailuresTest"),
  P16(
      "each guard removed once (modules/proof/sabotage/sabotage): a named test turns red",
      "GuardsTest"),
  P18("no lease is left after any test, and a test that leaks is seen", "P18LeakGateTest");

  private static final Pattern TRIALS = Pattern.compile("proof trials: (\\d+)");
  private static final Pattern RUN = Pattern.compile(" tests=\"(\\d+)\"");
  private static final Pattern FAILED = Pattern.compile(" (?:failures|errors)=\"(\\d+)\"");

  private final String what;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> tests;

  Elsewhere(String what, String... tests) {
    this.what = what;
    this.tests = List.of(tests);
  }

  String what() {
    return what;
  }

  /// What their reports of this build say: trials and violations, blank where they did not run. A
  /// test is one trial, unless it says how many it made.
  List<String> counts() {
    int trials = 0;
    int violations = 0;
    for (String test : tests) {
      Optional<String> report = report(test);
      if (report.isEmpty()) {
        return List.of("", "");
      }
      int said = sum(TRIALS, report.get());
      trials += said > 0 ? said : sum(RUN, report.get());
      violations += sum(FAILED, report.get());
    }
    return List.of(Integer.toString(trials), Integer.toString(violations));
  }

  private static Optional<String> report(String test) {
    try (Stream<Path> files = Files.walk(Path.of(".."), 4)) {
      Optional<Path> report =
          files
              .filter(
                  file ->
                      file.toString()
                          .matches(".*/surefire-reports/TEST-[^/]*\\." + test + "\\.xml"))
              .findFirst();
      return report.isEmpty() ? Optional.empty() : Optional.of(Files.readString(report.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int sum(Pattern figure, String report) {
    return figure.matcher(report).results().mapToInt(one -> Integer.parseInt(one.group(1))).sum();
  }

  /// The classes that try it.
  List<String> tests() {
    return tests;
  }
}
