package showfloor.auth.preferences;

import showfloor.auth.account.AccountRoutes;
import showfloor.auth.preferences.PreferenceChanges.Outcome;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.OwnerOnly;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;

/// What a user may choose.
public final class PreferenceRoutes {
  private final Database database;
  private final PreferenceChanges changes;

  public PreferenceRoutes(Database database) {
    this.database = database;
    this.changes = new PreferenceChanges(database);
  }

  public void declare(Routes routes) {
    routes.get("/api/auth/preferences", this::read).guard(Guard.SIGNED_IN);
    routes.patch("/api/auth/preferences", this::change).guard(Guard.SIGNED_IN);
    routes.put("/api/auth/preferences", this::change).guard(Guard.SIGNED_IN);
  }

  private Answer read(Request request) {
    return PreferenceQueries.find(database, request.caller().userId())
        .map(PreferenceRoutes::answer)
        .orElseThrow(AccountRoutes::userIsGone);
  }

  private Answer change(Request request) {
    PreferenceChange change = PreferenceChange.read(request.json());
    return switch (changes.change(request.caller(), request.ifMatch(), change)) {
      case Outcome.Changed(Preferences now) -> answer(now);
      case Outcome.Stale(Preferences current) ->
          throw Problem.preconditionFailed(current.version(), current, change.sent());
      case Outcome.OwnerOnly() -> throw OwnerOnly.problem("changes the company's time zone");
      case Outcome.UnknownZone() -> throw PreferenceChange.unknownZone();
      case Outcome.UserIsGone() -> throw AccountRoutes.userIsGone();
    };
  }

  private static Answer answer(Preferences preferences) {
    return Answer.ok(preferences).etag(preferences.version());
  }
}
