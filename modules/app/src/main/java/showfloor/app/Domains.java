package showfloor.app;

import java.util.List;
import showfloor.auth.AuthDomain;
import showfloor.auth.AuthSettings;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Access;
import showfloor.httpapi.Domain;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.SessionCache;
import showfloor.todos.TodosDomain;
import showfloor.tradeshows.TradeShowsDomain;
import showfloor.uploads.UploadsDomain;

/// Every domain there is, and what joins them to the requests. A new domain is one line here, after
/// those whose Java API it uses.
///
/// @param all in the order in which they migrate
record Domains(List<Domain> all, Authenticator authenticator, SessionCache sessions) {

  static Domains of(Database database) {
    SessionCache sessions = new SessionCache();
    Access access = Access.OPEN;
    AuthDomain auth = new AuthDomain(database, access, sessions, AuthSettings.defaults());
    return new Domains(
        List.of( //
            auth, //
            new DealersDomain(database), //
            new TodosDomain(database), //
            new TradeShowsDomain(database), //
            new UploadsDomain(database)),
        auth,
        sessions);
  }

  /// What runs without a request.
  List<Job> jobs() {
    return all.stream().flatMap(domain -> domain.jobs().stream()).toList();
  }
}
