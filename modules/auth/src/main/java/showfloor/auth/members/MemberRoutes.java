package showfloor.auth.members;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import showfloor.auth.members.Members.Added;
import showfloor.auth.members.Members.Changed;
import showfloor.auth.signin.SignInRoutes;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.OwnerOnly;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;
import showfloor.httpapi.identity.SessionCache;

/// Routes over the users of a company. Everybody may see them; the owner decides who they are.
public final class MemberRoutes {
  private final Members members;

  public MemberRoutes(Database database, SessionCache cache, InstantSource clock) {
    this.members = new Members(database, cache, clock);
  }

  public void declare(Routes routes) {
    routes.get("/api/auth/users", this::list).guard(Guard.SIGNED_IN);
    routes.post("/api/auth/users", this::add).guard(Guard.SIGNED_IN);
    routes.delete("/api/auth/users/{id}", this::remove).guard(Guard.SIGNED_IN);
    routes.post("/api/auth/users/{id}/link", this::renewLink).guard(Guard.SIGNED_IN);
  }

  private Answer list(Request request) {
    List<Member> users = members.list();
    return Answer.ok(Json.object(out -> Json.array(out, "users", users)));
  }

  private Answer add(Request request) {
    OwnerOnly.check(request.caller(), "makes members");
    Fields body = request.json();
    String email = body.email("email");
    String firstName = body.text("firstName", Limits.NAME);
    String lastName = body.text("lastName", Limits.NAME);
    body.done();
    return switch (members.add(request.caller(), email, firstName, lastName)) {
      case Added.Done(Member member, SetupLink link) ->
          Answer.of(
                  201,
                  Json.object(
                      out -> {
                        Json.value(out, "user", member);
                        link.write(out);
                      }))
              .secret();
      case Added.EmailTaken() -> throw SignInRoutes.emailTaken();
      case Added.Full() ->
          throw Problem.conflict(
              "USERS_LIMIT", "A company has at most %d users.".formatted(Limits.USERS.value()));
    };
  }

  private Answer remove(Request request) {
    OwnerOnly.check(request.caller(), "removes members");
    return switch (members.remove(request.caller(), request.pathId("id"))) {
      case Changed.Done<UUID> _ -> Answer.noContent();
      case Changed.IsOwner<UUID> _ ->
          throw Problem.conflict("LAST_OWNER", "A company keeps its last owner.");
      case Changed.Missing<UUID> _ -> throw Problem.notFound();
    };
  }

  private Answer renewLink(Request request) {
    OwnerOnly.check(request.caller(), "makes links for members");
    return switch (members.renewLink(request.caller(), request.pathId("id"))) {
      case Changed.Done<SetupLink>(SetupLink link) ->
          Answer.of(201, Json.object(link::write)).secret();
      case Changed.IsOwner<SetupLink> _ ->
          throw Problem.conflict(
              "OWNER_HAS_PASSWORD", "The owner has a password, and changes it when signed in.");
      case Changed.Missing<SetupLink> _ -> throw Problem.notFound();
    };
  }
}
