package showfloor.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import showfloor.auth.AuthDomain;
import showfloor.auth.AuthSettings;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Access;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Domain;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.SessionCache;
import showfloor.mail.Delivery;
import showfloor.mail.Mails;
import showfloor.reports.ReportsDomain;
import showfloor.todos.TodosDomain;
import showfloor.tradeshows.ShowCaptures;
import showfloor.tradeshows.TradeShowsDomain;
import showfloor.uploads.UploadsDomain;

/// Every domain there is, and what joins them to the requests. A new domain is one line here, after
/// those whose Java API it uses.
///
/// @param all in the order in which they migrate
/// @param mails what domains write theirs with
record Domains(List<Domain> all, Authenticator authenticator, SessionCache sessions, Mails mails) {

  static Domains of(Database database, Delivery delivery) {
    SessionCache sessions = new SessionCache();
    Mails mails = new Mails(database, delivery);
    Access access = Access.OPEN;
    AuthDomain auth = new AuthDomain(database, access, sessions, AuthSettings.defaults());
    UploadsDomain uploads = new UploadsDomain(database);
    List<Domain> all =
        new ArrayList<>(
            List.of( //
                auth, //
                new DealersDomain(database, new ShowCaptures(), uploads.capturePhoto()), //
                new TodosDomain(database, mails, access), //
                new TradeShowsDomain(database), //
                uploads));
    all.add(new ReportsDomain(database, archive(all), uploads.archiveFiles()));
    return new Domains(List.copyOf(all), auth, sessions, mails);
  }

  /// What runs without a request.
  List<Job> jobs() {
    return Stream.concat(
            all.stream().flatMap(domain -> domain.jobs().stream()), mails.jobs().stream())
        .toList();
  }

  private static List<ArchivePart> archive(List<Domain> domains) {
    return domains.stream().flatMap(domain -> domain.archive().stream()).toList();
  }
}
