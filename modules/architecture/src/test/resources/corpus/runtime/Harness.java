package showfloor.evil;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sql;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.testing.TestServer;

/// Runs every attack on a server of its own; afterwards the pool must be whole.
public final class Harness implements Domain {
  /// A company that is not the attacker's.
  static final UUID OTHER = new UUID(0, 2);

  private static final UUID OWN = new UUID(0, 1);
  private static final Sql ADD =
      Sql.of(
          "evil.add_thing",
          "insert into evil.things (company_id, id, name) values (:company, 1, :name)");
  private static final List<Attack> ATTACKS =
      List.of(
          new AsksOnARawThread(),
          new AsksOnAnExecutor(),
          new AsksTheDriverManager(),
          new CallsByAttribute(),
          new ChangesAnotherTenant(),
          new ChangesItsRole(),
          new ChangesItsTenant(),
          new CommitsByHand(),
          new ConnectsWithTheDriver(),
          new DeclaresByReflection(),
          new EndsOtherSessions(),
          new EntersATenantByReflection(),
          new ExhaustsTheStack(),
          new FloodsTheHeap(),
          new ForgesAnOperation(),
          new HidesInADollarQuote(),
          new HidesInANestedComment(),
          new HidesInAQuotedName(),
          new HidesInAUnicodeName(),
          new HidesInAnEscape(),
          new HidesInCapitals(),
          new HoldsASessionLock(),
          new ImplementsTheDoor(),
          new InsertsForAnotherTenant(),
          new KeepsTheRow(),
          new KeepsTheUnit(),
          new ListensForEver(),
          new LoadsADriverOfItsOwn(),
          new LooksUpPrivately(),
          new MakesAFunction(),
          new MisspellsAParameter(),
          new MovesARowToAnotherTenant(),
          new NestsALease(),
          new NestsAUnitOfWork(),
          new NestsInAMapper(),
          new OpensASecondPool(),
          new OutlivesTheUnit(),
          new PosesAsAnotherModule(),
          new ReadsAServerFile(),
          new ReadsAnotherModulesTable(),
          new ReadsAnotherTenant(),
          new ReadsEveryTenant(),
          new ReadsThePasswords(),
          new ReflectsIntoThePool(),
          new RunsAProgram(),
          new RunsATextInAFunction(),
          new SelectsIntoATable(),
          new SendsTwoStatements(),
          new SetsThroughTheView(),
          new SleepsInTheServer(),
          new SmugglesInAParameter(),
          new SmugglesToAFuture(),
          new SmugglesToAnotherThread(),
          new SwallowsAFailure(),
          new TakesOverAnothersKey(),
          new TakesThePlatformsFunction(),
          new TruncatesATable(),
          new UnwrapsByCast(),
          new WritesInASnapshot());

  private Harness() {}

  /// What each attack met, by its name.
  public static Map<String, String> run() {
    Map<String, String> outcomes = new LinkedHashMap<>();
    try (TestServer server = TestServer.start(parts -> List.of(new Harness()))) {
      add(server, OWN, "ours");
      add(server, OTHER, "theirs");
      for (Attack attack : ATTACKS) {
        outcomes.put(attack.getClass().getSimpleName(), attempt(server, attack));
      }
      if (server.leasesHeld() > 0) {
        outcomes.replaceAll((name, met) -> "leases left: " + server.leasesHeld());
      }
    }
    return outcomes;
  }

  private static void add(TestServer server, UUID company, String name) {
    server.in(
        company, () -> server.database().execute(ADD.with("company", company, "name", name)));
  }

  private static String attempt(TestServer server, Attack attack) {
    try {
      return "answered: " + server.in(OWN, () -> attack.run(server.database()));
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
    String things =
        """
        create table evil.things (
          company_id uuid not null, id int not null, name text not null,
          primary key (company_id, id));
        select dbapi.protect_tenant_table('evil.things');
        """;
    return new Schema("evil", List.of(new Schema.Migration(1, "V1__evil.sql", things)), Map.of());
  }

  @Override
  public void routes(Routes routes) {}

  @Override
  public InputStream openapi() {
    return new ByteArrayInputStream("tags: []\n".getBytes(StandardCharsets.UTF_8));
  }
}
