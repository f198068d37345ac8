package showfloor.evil;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.testing.TestServer;

/// Runs every attack on a server of its own; afterwards the pool must be whole.
public final class Harness implements Domain {
  private static final List<Attack> ATTACKS =
      List.of(
          new AsksOnARawThread(),
          new ChangesItsRole(),
          new ChangesItsTenant(),
          new CommitsByHand(),
          new HoldsASessionLock(),
          new KeepsTheRow(),
          new KeepsTheUnit(),
          new ListensForEver(),
          new MisspellsAParameter(),
          new NestsALease(),
          new NestsAUnitOfWork(),
          new NestsInAMapper(),
          new PosesAsAnotherModule(),
          new ReadsAnotherModulesTable(),
          new SendsTwoStatements(),
          new SmugglesToAnotherThread(),
          new SwallowsAFailure());

  private Harness() {}

  /// What each attack met, by its name.
  public static Map<String, String> run() {
    Map<String, String> outcomes = new LinkedHashMap<>();
    try (TestServer server = TestServer.start(parts -> List.of(new Harness()))) {
      for (Attack attack : ATTACKS) {
        outcomes.put(attack.getClass().getSimpleName(), attempt(server, attack));
      }
      if (server.leasesHeld() > 0) {
        outcomes.replaceAll((name, met) -> "leases left: " + server.leasesHeld());
      }
    }
    return outcomes;
  }

  private static String attempt(TestServer server, Attack attack) {
    try {
      return "not refused: " + server.in(new UUID(0, 1), () -> attack.run(server.database()));
    } catch (Throwable e) {
      StringBuilder met = new StringBuilder();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        met.append(cause).append('\n');
      }
      return met.toString();
    }
  }

  @Override
  public String name() {
    return "evil";
  }

  @Override
  public Schema schema() {
    return new Schema("evil", List.of(), Map.of());
  }

  @Override
  public void routes(Routes routes) {}

  @Override
  public InputStream openapi() {
    return new ByteArrayInputStream("tags: []\n".getBytes(StandardCharsets.UTF_8));
  }
}
