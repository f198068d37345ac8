package showfloor.dealers.consents;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes over what dealers have allowed or forbidden. Nothing is ever taken back but by another
/// statement, and all of them are kept.
public final class ConsentRoutes {
  private static final int HISTORY_MAX = 200;

  private final Database database;
  private final InstantSource clock;

  public ConsentRoutes(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public void declare(Routes routes) {
    routes.get("/api/dealers/{id}/consents", this::list);
    routes.put("/api/dealers/{id}/consents/{kind}", this::record);
  }

  private Answer list(Request request) {
    UUID dealerId = request.pathId("id");
    List<Optional<Consent>> consents = ConsentQueries.all(database, dealerId);
    if (consents.isEmpty()) {
      throw Problem.notFound();
    }
    List<String> history = ConsentQueries.history(database, dealerId, HISTORY_MAX + 1);
    return Answer.ok(
        Json.object(
            out -> {
              Json.array(out, "consents", consents.stream().flatMap(Optional::stream).toList());
              Json.raw(
                  out,
                  "history",
                  "[" + String.join(",", history.stream().limit(HISTORY_MAX).toList()) + "]");
              Json.bool(out, "historyTruncated", history.size() > HISTORY_MAX);
            }));
  }

  private Answer record(Request request) {
    UUID dealerId = request.pathId("id");
    String kind = request.path("kind");
    if (!Consent.KINDS.contains(kind)) {
      throw Problem.notFound();
    }
    Fields body = request.json();
    Consent.Statement statement = Consent.Statement.of(body, clock.instant());
    body.same("kind", kind);
    body.ignore("version", "recordedAt");
    body.done();
    Long version = request.ifMatch().orElse(null);
    Consent consent =
        ConsentQueries.record(database, dealerId, kind, version, statement)
            .orElseGet(() -> unchanged(dealerId, kind, version, statement));
    return Answer.ok(consent).etag(consent.version());
  }

  // Only a write that met no row asks why.
  private Consent unchanged(
      UUID dealerId, String kind, @Nullable Long version, Consent.Statement statement) {
    Consent current = ConsentQueries.find(database, dealerId, kind).orElseThrow(Problem::notFound);
    if (version != null && version != current.version()) {
      throw Problem.preconditionFailed(current.version(), current, Json.object(statement::write));
    }
    return current;
  }
}
