package showfloor.proof;

import java.util.List;

/// The proofs that run where what they break lives, in every build.
enum Elsewhere {
  P1("programs that would leak are refused by the compiler or the build", "LeakCorpusTest"),
  P2("attacks at run time get no connection", "LeakCorpusTest"),
  P3(
      "7 steps of a lease x 4 outcomes, 8 callers on 2 connections: everything comes back",
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

  /// The classes that try it.
  List<String> tests() {
    return tests;
  }
}
