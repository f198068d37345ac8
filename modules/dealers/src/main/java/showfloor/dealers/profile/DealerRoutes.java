package showfloor.dealers.profile;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dealers.customfields.CustomFields;
import showfloor.dealers.search.Filter;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Change;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Query;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;

/// Routes over dealers.
public final class DealerRoutes {
  private final Database database;
  private final Dealers dealers;
  private final DealerLists lists;

  public DealerRoutes(Database database) {
    this.database = database;
    this.dealers = new Dealers(database);
    this.lists = new DealerLists(database);
  }

  public void declare(Routes routes) {
    routes.get("/api/dealers", this::list);
    routes.post("/api/dealers", this::add).idempotent();
    routes.get("/api/dealers/buying-groups/list", request -> buyingGroups());
    routes.get("/api/dealers/{id}", this::find);
    routes.put("/api/dealers/{id}", this::change);
    routes.patch("/api/dealers/{id}", this::change);
    routes.delete("/api/dealers/{id}", this::delete);
    routes.put("/api/dealers/{id}/rating", this::rate);
  }

  private Answer list(Request request) {
    Query query = request.query();
    DealerFilter filter = filter(request.caller().companyId(), query);
    DealerOrder order =
        query.oneOf("sort", DealerOrder.PARAMETERS).map(DealerOrder::of).orElse(null);
    return Answer.ok(lists.list(filter, order, query.page()));
  }

  private Answer buyingGroups() {
    List<String> names = dealers.buyingGroups();
    return Answer.ok(Json.array(names.stream().map(Json::text).toList()));
  }

  private Answer find(Request request) {
    DealerDetail detail = dealers.find(request.pathId("id")).orElseThrow(Problem::notFound);
    return Answer.ok(detail).etag(detail.dealer().version(), detail.kept().state());
  }

  private Answer add(Request request) {
    Fields body = request.json();
    UUID companyId = request.caller().companyId();
    Change<Dealer> whole = own(Change.whole(body, DealerField.ALL, DealerField::read), body);
    done(request, body, null);
    return request.once(
        database,
        sql -> {
          Dealer dealer = dealers.add(sql, companyId, whole);
          return Answer.created("/api/dealers/" + dealer.id(), dealer).etag(dealer.version());
        });
  }

  private Answer change(Request request) {
    Fields body = request.json();
    return change(request, body, own(Change.sent(body, DealerField.ALL, DealerField::read), body));
  }

  /// Absent clears the rating, as null does.
  private Answer rate(Request request) {
    Fields body = request.json();
    DealerField.ALL.forEach(field -> body.ignore(field.member()));
    body.ignore(CustomFields.MEMBER);
    return change(
        request, body, Change.whole(body, List.of(DealerField.RATING), DealerField::read));
  }

  private Answer change(Request request, Fields body, Change<Dealer> change) {
    UUID id = request.pathId("id");
    done(request, body, id);
    Dealer dealer =
        dealers
            .change(id, request.ifMatch().orElse(null), change)
            .orElseThrow(current -> change.refusedBy(current, current.version()));
    return Answer.ok(dealer).etag(dealer.version());
  }

  private Answer delete(Request request) {
    dealers
        .delete(request.pathId("id"), request.ifMatch().orElse(null))
        .orElseThrow(current -> Problem.preconditionFailed(current.version(), current));
    return Answer.ok(Json.object(out -> Json.text(out, "message", "Dealer deleted")));
  }

  /// With what the body says of the company's own fields.
  private Change<Dealer> own(Change<Dealer> change, Fields body) {
    return CustomFields.read(database, body)
        .map(patch -> change.with(OwnFields.CUSTOM_FIELDS, patch))
        .orElse(change);
  }

  private static void done(Request request, Fields body, @Nullable UUID id) {
    Answered.ignore(body);
    Change.done(body, request.caller().companyId(), id);
  }

  /// Filters; the reference's pages send the words of their "all" entries, which filter nothing.
  private static DealerFilter filter(UUID companyId, Query query) {
    Filter besides =
        new Filter(
            query.text("status", Limits.WORD).filter(s -> !s.equals("All Statuses")).orElse(null),
            query.integer("rating", 0, DealerField.RATING_MAX).orElse(null),
            query
                .text("buyingGroup", Limits.NAME)
                .filter(g -> !g.equals("All Buying Groups"))
                .orElse(null),
            query.oneOf("has", Filter.HAS).orElse(null),
            query.id("show").orElse(null),
            query.id("group").orElse(null),
            query.id("product").orElse(null),
            query.instant("updatedSince").orElse(null));
    return new DealerFilter(companyId, query.text("search", Limits.SEARCH).orElse(null), besides);
  }
}
