package showfloor.auth.signin;

import java.time.Duration;
import showfloor.auth.account.Account;
import showfloor.auth.account.Profile;
import showfloor.auth.password.PasswordRules;
import showfloor.auth.session.NewToken;
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

  public static final ProblemType INVALID_SETUP_LINK =
      new ProblemType(
          "invalid-setup-link",
          "Link not valid",
          400,
          "INVALID_SETUP_LINK",
          false,
          "The link was used, replaced by a newer one, is older than 7 days, or never existed; the"
              + " answer is the same for all of them.",
          "Ask the owner of your company for a new link.",
          "POST /api/auth/password-setup twice with the same token");

  private final SignIn signIn;
  private final PasswordSetup setup;
  private final Access access;

  public SignInRoutes(SignIn signIn, PasswordSetup setup, Access access) {
    this.signIn = signIn;
    this.setup = setup;
    this.access = access;
  }

  public void declare(Routes routes) {
    routes.post("/api/auth/register", this::register).guard(Guard.PUBLIC).as(RouteClass.CAPTURE);
    routes.post("/api/auth/login", this::login).guard(Guard.PUBLIC).as(RouteClass.CAPTURE);
    routes
        .post("/api/auth/password-setup", this::setPassword)
        .guard(Guard.PUBLIC)
        .as(RouteClass.CAPTURE);
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

  private Answer setPassword(Request request) {
    Fields body = request.json();
    String link = body.secret("token", 1, Limits.WORD.value());
    String password = PasswordRules.read(body, "password");
    body.done();
    return switch (setup.set(link, password, Network.of(request.clientAddress()))) {
      case PasswordSetup.Outcome.SignedIn(NewToken token, Account account) ->
          Answer.ok(signedIn(token, account)).secret();
      case PasswordSetup.Outcome.NoLink() ->
          throw Problem.of(
              INVALID_SETUP_LINK, "This link does not set a password, or not any more.");
      case PasswordSetup.Outcome.PasswordIsEmail() -> throw PasswordRules.ownEmail("password");
      case PasswordSetup.Outcome.NetworkPauses(Duration left) -> throw Throttled.network(left);
    };
  }

  /// Of an e-mail address that has an account, here or in another company.
  public static Problem emailTaken() {
    return Problem.of(EMAIL_TAKEN, "There is an account with this e-mail address already.");
  }

  private Answer answer(int status, Outcome outcome) {
    return switch (outcome) {
      case Outcome.SignedIn in -> Answer.of(status, signedIn(in.token(), in.account())).secret();
      case Outcome.Refused _ ->
          throw Problem.of(INVALID_CREDENTIALS, "The e-mail address or the password is wrong.")
              .header("WWW-Authenticate", "Bearer");
      case Outcome.EmailTaken _ -> throw emailTaken();
      case Outcome.AccountPauses pause -> throw Throttled.account(pause.left());
      case Outcome.NetworkPauses pause -> throw Throttled.network(pause.left());
    };
  }

  private JsonValue signedIn(NewToken token, Account account) {
    return Json.object(
        out -> {
          Json.text(out, "token", token.text());
          account.write(out, access);
        });
  }
}
