package showfloor.todos.reminders;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Access;
import showfloor.mail.Mails;

/// Reminds each user once a day, from 08:00 of the company's day, of the open to-dos that are due
/// that day or were before: of his own, and of those that are nobody's. A company without access is
/// not reminded of what it cannot open.
///
/// Only to-dos that were there at 08:00 count. A server that was down then reminds later on the
/// same day. Each mail is written with a key of user and day, so that several instances, a restart
/// or a clock that is put back never make two of it; a company whose time zone changes is reminded
/// at most once for a day of the calendar.
public final class Reminders {
  private static final LocalTime MORNING = LocalTime.of(8, 0);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration BUDGET = Duration.ofMinutes(2);

  /// A company may move to another time zone meanwhile.
  private static final Duration LOOK_AGAIN = Duration.ofHours(1);

  /// Should this instance die over a company, another one looks at it then.
  private static final Duration HOLD = Duration.ofMinutes(5);

  private static final int COMPANIES = 200;
  private static final int PEOPLE = 50;

  private final Database database;
  private final Mails mails;
  private final Access access;
  private final InstantSource clock;

  /// @param access the paywall's rule
  public Reminders(Database database, Mails mails, Access access, InstantSource clock) {
    this.database = database;
    this.mails = mails;
    this.access = access;
    this.clock = clock;
  }

  /// Nothing where mails are not delivered: nobody is reminded of last month when they are at last.
  public List<Job> jobs() {
    return mails.areDelivered()
        ? List.of(new Job("todos.write_reminders", PAUSE, BUDGET, this::run))
        : List.of();
  }

  private void run(Job.Run run) {
    List<UUID> companies = companies();
    while (!companies.isEmpty() && run.goesOn()) {
      for (UUID company : companies) {
        if (!run.goesOn()) {
          return;
        }
        run.inCompany(company, () -> look(run, company));
      }
      companies = companies.size() < COMPANIES ? List.of() : companies();
    }
  }

  private List<UUID> companies() {
    return ReminderQueries.companies(database, clock.instant(), COMPANIES);
  }

  private boolean look(Job.Run run, UUID company) {
    Instant now = clock.instant();
    Optional<Look> claimed = ReminderQueries.claim(database, company, now, now.plus(HOLD));
    if (claimed.isEmpty()) { // another instance was faster
      return false;
    }
    ZoneId zone = zone(claimed.get().zone());
    LocalDate day = LocalDate.ofInstant(now, zone);
    Instant morning = morning(day, zone);
    boolean open = claimed.get().day().filter(last -> !last.isBefore(day)).isEmpty();
    if (!now.isBefore(morning) && open) {
      boolean allowed = access.decide(claimed.get().access().orElse(null)).allowed();
      if (allowed && !remind(run, company, day, morning)) {
        return false;
      }
      ReminderQueries.remindedOf(database, company, day);
    }
    Instant next = now.isBefore(morning) ? morning : morning(day.plusDays(1), zone);
    Instant soon = now.plus(LOOK_AGAIN);
    ReminderQueries.lookAgain(database, company, next.isBefore(soon) ? next : soon);
    return true;
  }

  private static Instant morning(LocalDate day, ZoneId zone) {
    return day.atTime(MORNING).atZone(zone).toInstant();
  }

  /// The database may know a zone that this process does not.
  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  /// Whether it got through all people; where not, the company is looked at again after its hold.
  private boolean remind(Job.Run run, UUID company, LocalDate day, Instant morning) {
    UUID after = new UUID(0, 0);
    while (run.goesOn()) {
      UUID from = after;
      Page<Person> page =
          database.inTransaction(sql -> remindSome(sql, company, day, morning, from));
      if (!page.more()) {
        return true;
      }
      after = page.rows().getLast().id();
    }
    return false;
  }

  private Page<Person> remindSome(
      SqlWriter sql, UUID company, LocalDate day, Instant morning, UUID after) {
    Page<Person> people = ReminderQueries.people(sql, company, after, PEOPLE);
    Map<UUID, List<DueTodo>> due =
        ReminderQueries.due(sql, company, people.rows(), day, morning).stream()
            .collect(Collectors.groupingBy(DueTodo::of));
    for (Person person : people.rows()) {
      List<DueTodo> own = due.getOrDefault(person.id(), List.of());
      if (!own.isEmpty()) {
        String key = "reminder/" + person.id() + "/" + day;
        ReminderMail.to(person, own, day).ifPresent(mail -> mails.write(sql, key, mail));
      }
    }
    return people;
  }
}
