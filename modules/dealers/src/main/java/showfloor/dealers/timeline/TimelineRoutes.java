package showfloor.dealers.timeline;

import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.PageRequest;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// All that happened to a dealer: changes with who made them, notes, consents, shows, to-dos,
/// files.
public final class TimelineRoutes {
  private final Timeline timeline;

  public TimelineRoutes(Database database) {
    this.timeline = new Timeline(database);
  }

  public void declare(Routes routes) {
    routes.get("/api/dealers/{id}/timeline", this::read);
  }

  private Answer read(Request request) {
    UUID dealerId = request.pathId("id");
    PageRequest page = request.query().page();
    if (page.page() > 1) {
      throw Problem.invalid("?page", "NOT_ALLOWED", "A timeline goes on by cursor.");
    }
    return Answer.ok(timeline.read(dealerId, page).orElseThrow(Problem::notFound));
  }
}
