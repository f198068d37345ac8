package showfloor.auth.signin;

import showfloor.auth.account.Profile;
import showfloor.auth.password.PasswordRules;
import showfloor.auth.signin.SignIn.Outcome;
import showfloor.auth.throttle.Throttled;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Access;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;
import showfloor.httpapi.identity.Network;

/// Routes of someone who is not signed in yet.
public final class SignInRoutes {
  public static final ProblemType INVALID_CREDENTIALS =
      new ProblemType(
          "invalid-credentials",
          "Wrong e-mail or password",
          401,
          "INVALID_CREDENTIALS",
          false,
          "There is no account with this e-mail address, or its password is another one; the answer"
              + " is the same for both.",
          "Check the e-mail address and the password. After several tries there are pauses.",
          "POST /api/auth/login with a mistyped password");
  public static final ProblemType EMAIL_TAKEN =
      new ProblemType(
          "email-taken",
          "E-mail address taken",
          400,
          "EMAIL_TAKEN",
          false,
          "An account with this e-mail address exists; upper and lower case make no difference.",
          "Sign in with it, or register with another address.",
          "POST /api/auth/register twice with the same e-mail address");

  private final SignIn signIn;
  private final Access access;

  public SignInRoutes(SignIn signIn, Access access) {
    this.signIn = signIn;
    this.access = access;
  }

  public void declare(Routes routes) {
    routes.post("/api/auth/register", this::register).guard(Guard.PUBLIC).as(RouteClass.CAPTURE);
    routes.post("/api/auth/login", this::login).guard(Guard.PUBLIC).as(RouteClass.CAPTURE);
  }

  private Answer register(Request request) {
    Fields body = request.json();
    Profile owner =
        new Profile(
            UuidV7.next(),
            body.email("email"),
            body.text("firstName", Limits.NAME),
            body.text("lastName", Limits.NAME),
            "owner",
            UuidV7.next(),
            body.text("companyName", Limits.NAME));
    String password = PasswordRules.read(body, "password");
    if (PasswordRules.isOwnEmail(password, owner.email())) {
      PasswordRules.reportOwnEmail(body, "password");
    }
    body.done();
    Network network = Network.of(request.clientAddress());
    return answer(201, signIn.register(owner, password, network));
  }

  private Answer login(Request request) {
    Fields body = request.json();
    String email = body.email("email");
    String password = body.secret("password", 1, Limits.PASSWORD_MAX.value());
    body.done();
    return answer(200, signIn.signIn(email, password, Network.of(request.clientAddress())));
  }

  private Answer answer(int status, Outcome outcome) {
    return switch (outcome) {
      case Outcome.SignedIn in -> Answer.of(status, signedIn(in)).secret();
      case Outcome.Refused _ ->
          throw Problem.of(INVALID_CREDENTIALS, "The e-mail address or the password is wrong.")
              .header("WWW-Authenticate", "Bearer");
      case Outcome.EmailTaken _ ->
          throw Problem.of(EMAIL_TAKEN, "There is an account with this e-mail address already.");
      case Outcome.AccountPauses pause -> throw Throttled.account(pause.left());
      case Outcome.NetworkPauses pause -> throw Throttled.network(pause.left());
    };
  }

  private JsonValue signedIn(Outcome.SignedIn in) {
    return Json.object(
        out -> {
          Json.text(out, "token", in.token().text());
          in.account().write(out, access);
        });
  }
}
