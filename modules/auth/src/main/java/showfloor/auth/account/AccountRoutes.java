package showfloor.auth.account;

import showfloor.auth.account.Accounts.PasswordChange;
import showfloor.auth.password.PasswordRules;
import showfloor.auth.session.Sessions;
import showfloor.auth.throttle.Throttled;
import showfloor.httpapi.Access;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;
import showfloor.httpapi.identity.Network;

/// Routes of someone who is signed in.
public final class AccountRoutes {
  private final Accounts accounts;
  private final Sessions sessions;
  private final Access access;

  public AccountRoutes(Accounts accounts, Sessions sessions, Access access) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.access = access;
  }

  public void declare(Routes routes) {
    routes.get("/api/auth/me", this::me).guard(Guard.SIGNED_IN);
    routes.post("/api/auth/logout", this::logout).guard(Guard.SIGNED_IN);
    routes.post("/api/auth/logout-all", this::logoutAll).guard(Guard.SIGNED_IN);
    routes
        .post("/api/auth/password", this::changePassword)
        .guard(Guard.SIGNED_IN)
        .as(RouteClass.CAPTURE);
  }

  private Answer me(Request request) {
    Account account = accounts.account(request.caller()).orElseThrow(AccountRoutes::userIsGone);
    return Answer.ok(Json.object(out -> account.write(out, access)));
  }

  private Answer logout(Request request) {
    sessions.end(request.caller());
    return Answer.noContent();
  }

  private Answer logoutAll(Request request) {
    sessions.endAll(request.caller());
    return Answer.noContent();
  }

  private Answer changePassword(Request request) {
    Caller caller = request.caller();
    Fields body = request.json();
    String current = body.secret("currentPassword", 1, Limits.PASSWORD_MAX.value());
    String replacement = PasswordRules.read(body, "newPassword");
    body.done();
    String email = accounts.email(caller).orElseThrow(AccountRoutes::userIsGone);
    if (PasswordRules.isOwnEmail(replacement, email)) {
      throw PasswordRules.ownEmail("newPassword");
    }
    Network network = Network.of(request.clientAddress());
    return switch (accounts.changePassword(caller, email, network, current, replacement)) {
      case PasswordChange.Changed _ -> Answer.noContent();
      case PasswordChange.TooSoon soon -> throw Throttled.account(soon.left());
      case PasswordChange.WrongPassword _ ->
          throw Problem.invalid(
              "/currentPassword", "WRONG_PASSWORD", "currentPassword is not your password.");
    };
  }

  /// Whoever was removed while the request was on its way.
  public static Problem userIsGone() {
    return Problem.of(ProblemTypes.UNAUTHORIZED, "Your account no longer exists.")
        .header("WWW-Authenticate", "Bearer");
  }
}
