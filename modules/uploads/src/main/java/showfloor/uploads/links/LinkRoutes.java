package showfloor.uploads.links;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.identity.Tenants;
import showfloor.uploads.files.FileQueries;
import showfloor.uploads.files.StoredFile;
import showfloor.uploads.reading.ReadRoutes;

/// Links for where a browser can't send a token: `<img>` and `<audio>`.
public final class LinkRoutes {
  private final Database database;
  private final ReadRoutes files;
  private final Links links;

  public LinkRoutes(Database database, ReadRoutes files, InstantSource clock) {
    this.database = database;
    this.files = files;
    this.links = new Links(database, clock);
  }

  public void declare(Routes routes) {
    routes.post("/api/uploads/{id}/url", this::make);
    // What is no token, is too old, or leads to a file that is gone: one answer, so that none tells
    // more than another.
    Tenants.followLinks(
        routes.get("/api/uploads/links/{token}", this::follow).as(RouteClass.TRANSFER),
        token -> links.check(token).map(Links.Target::companyId));
  }

  private Answer make(Request request) {
    StoredFile file =
        FileQueries.find(database, request.pathId("id")).orElseThrow(Problem::notFound);
    Instant until = links.expiry();
    String token = links.sign(new Links.Target(request.caller().companyId(), file.id()), until);
    return Answer.ok(
            Json.object(
                out -> {
                  Json.text(out, "url", "/api/uploads/links/" + token);
                  Json.instant(out, "expiresAt", until);
                }))
        .secret();
  }

  /// Its company is entered already: see [Tenants#followLinks].
  private Answer follow(Request request) {
    Links.Target target = links.check(request.path("token")).orElseThrow(Problem::notFound);
    return files.answer(request, Optional.empty(), target.file());
  }
}
