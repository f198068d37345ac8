package showfloor.proof;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Somebody who uses all that there is, one request after the other: captures, looks around, takes
/// notes, plans, records, reports, takes files along. Who is asked to come back does so with the
/// same request, no sooner than told. For one thread.
final class Visitor implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern PHOTO =
      Pattern.compile("\"photo\":\\{[^}]*?\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");
  private static final int REMEMBERED = 50;
  private static final int IMPORTED = 5;
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  /// What the visitors of a company have in common.
  ///
  /// @param acknowledged the names of leads that were answered 201, or imported
  /// @param signIn one at a time: more would look like somebody who guesses
  record Ledger(Set<String> acknowledged, Semaphore signIn) {
    static Ledger empty() {
      return new Ledger(ConcurrentHashMap.newKeySet(), new Semaphore(1));
    }
  }

  private final HttpLine line;
  private final Company company;
  private final Ledger ledger;
  private final Visits visits;
  private final Random random;
  private final String device = "device-" + UUID.randomUUID();
  private final List<String> dealers = new ArrayList<>();
  private final List<String> shows = new ArrayList<>();
  private final List<String> todos = new ArrayList<>();
  private final List<String> recordings = new ArrayList<>();
  private final List<String> photos = new ArrayList<>();
  private int sequence;

  Visitor(URI server, Company company, Ledger ledger, Visits visits, Random random) {
    this.line = new HttpLine(server, company.token());
    this.company = company;
    this.ledger = ledger;
    this.visits = visits;
    this.random = random;
  }

  /// Does one thing.
  void go() {
    Deed deed = Deed.any(random);
    String dealer = "/api/dealers/" + one(dealers);
    String show = one(shows);
    switch (deed) {
      case CAPTURE -> capture(deed);
      case CAPTURE_WITH_PHOTO -> captureWithPhoto(deed);
      case ADD_DEALER -> addDealer(deed);
      case IMPORT -> importCsv(deed);
      case LIST -> read(deed, "/api/dealers?limit=20");
      case SEARCH -> read(deed, "/api/dealers?limit=20&search=firm");
      case READ -> read(deed, dealer);
      case NOTE -> post(deed, dealer + "/notes", "{\"content\": \"Call\"}");
      case RATE -> put(deed, dealer + "/rating", "{\"rating\": 4}");
      case MATCH -> post(deed, "/api/dealers/match", "{\"text\": \"%s\\nAcme\"}".formatted(name()));
      case PLAN -> keep(todos, ID, post(deed, "/api/todos", "{\"title\": \"Call\"}"));
      case FINISH -> put(deed, "/api/todos/" + one(todos), "{\"completed\": true}");
      case LIST_OVERDUE -> read(deed, "/api/todos?completed=false&due=overdue");
      case LIST_PLANS -> read(deed, "/api/todos");
      case OPEN_SHOW -> keep(shows, ID, post(deed, "/api/trade-shows", "{\"name\": \"Fair\"}"));
      case MEET -> post(deed, "/api/trade-shows/%s/dealers".formatted(show), linked());
      case REPORT -> read(deed, "/api/reports/shows/" + show);
      case EXPORT_SHOW -> read(deed, "/api/trade-shows/%s/export".formatted(show));
      case DASHBOARD -> read(deed, "/api/reports/dashboard");
      case RECORD -> keep(recordings, ID, upload(deed, "recording", FileForm.SILENCE));
      case LISTEN -> read(deed, "/api/uploads/recording/" + one(recordings));
      case PHOTOGRAPH -> keep(photos, ID, upload(deed, "photo", FileForm.DOT));
      case LINK, FOLLOW_LINK -> link();
      case ASK_WHO -> read(deed, "/api/auth/me");
      case SIGN_IN -> signIn(deed);
      case EXPORT_ALL -> read(deed, "/api/reports/export/all");
    }
  }

  private void capture(Deed deed) {
    String name = name();
    acknowledge(post(deed, "/api/captures", captured(name)), List.of(name));
  }

  private void captureWithPhoto(Deed deed) {
    String name = name();
    String form = FileForm.ofCapture(captured(name), FileForm.DOT);
    Answer answer = ask(deed, "POST", "/api/captures", FileForm.TYPE, form);
    acknowledge(answer, List.of(name));
    keep(photos, PHOTO, answer);
  }

  private String captured(String name) {
    return """
    {"id": "%s", "deviceId": "%s", "sequence": %d, "capturedAt": "%s",
     "dealer": {"companyName": "%s"}, "note": "Met", "rating": 3}
    """
        .formatted(UUID.randomUUID(), device, ++sequence, Instant.now(), name);
  }

  private void addDealer(Deed deed) {
    String name = name();
    Answer answer = post(deed, "/api/dealers", "{\"companyName\": \"%s\"}".formatted(name));
    acknowledge(answer, List.of(name));
    keep(dealers, ID, answer);
  }

  /// Where everything is inserted, a repeat of what was done would be there twice.
  private void importCsv(Deed deed) {
    List<String> names = Stream.generate(this::name).limit(IMPORTED).toList();
    String csv = "Company Name\n" + String.join("\n", names) + "\n";
    acknowledge(ask(deed, "POST", "/api/dealers/import?mode=insert", "text/csv", csv), names);
  }

  private void acknowledge(Answer answer, Collection<String> names) {
    if (isDone(answer)) {
      ledger.acknowledged().addAll(names);
    }
  }

  private String linked() {
    return "{\"add\": [%s]}".formatted(dealers.isEmpty() ? "" : "\"" + one(dealers) + "\"");
  }

  private Answer upload(Deed deed, String kind, String file) {
    String path = "/api/uploads/%s/%s".formatted(kind, one(dealers));
    return ask(deed, "POST", path, FileForm.TYPE, FileForm.of(kind, file));
  }

  private void link() {
    Answer made = post(Deed.LINK, "/api/uploads/%s/url".formatted(one(photos)), "{}");
    List<String> links = new ArrayList<>();
    keep(links, URL, made);
    for (String link : links) {
      Answer read = read(Deed.FOLLOW_LINK, link);
      if (isDone(read) && !read.equals(new Answer.Complete(200, FileForm.DOT))) {
        visits.wrong(link + " -> another file");
      }
    }
  }

  private void signIn(Deed deed) {
    if (ledger.signIn().tryAcquire()) {
      try {
        String body =
            "{\"email\": \"%s\", \"password\": \"%s\"}"
                .formatted(company.email(), Company.PASSWORD);
        post(deed, "/api/auth/login", body);
      } finally {
        ledger.signIn().release();
      }
    }
  }

  private Answer read(Deed deed, String path) {
    return ask(deed, "GET", path, "", "");
  }

  private Answer post(Deed deed, String path, String json) {
    return ask(deed, "POST", path, JSON, json);
  }

  private void put(Deed deed, String path, String json) {
    ask(deed, "PUT", path, JSON, json);
  }

  /// The answer to a request, or the last refusal before the end.
  private Answer ask(Deed deed, String method, String path, String type, String body) {
    while (true) {
      Answer answer = line.send(method, path, type, body);
      boolean again = visits.asksBack(deed, method + " " + path, answer);
      Duration wait = wait(line.retryAfter());
      if (!again || visits.areOver(wait)) {
        return answer;
      }
      LockSupport.parkNanos(wait.toNanos());
    }
  }

  /// Up to half as long again, so that those who were refused together come back one by one.
  private Duration wait(Duration told) {
    long nanos = Math.min(told.toNanos(), WAIT_MAX.toNanos());
    return Duration.ofNanos(nanos + random.nextLong(nanos / 2 + 1));
  }

  private static boolean isDone(Answer answer) {
    return answer instanceof Answer.Complete(int status, _) && status < 300;
  }

  private String one(List<String> ids) {
    return ids.isEmpty() ? Visits.NOTHING : ids.get(random.nextInt(ids.size()));
  }

  private void keep(List<String> ids, Pattern id, Answer answer) {
    if (isDone(answer) && ids.size() < REMEMBERED && answer instanceof Answer.Complete complete) {
      id.matcher(complete.body()).results().limit(1).forEach(found -> ids.add(found.group(1)));
    }
  }

  private String name() {
    return "Firm %016x".formatted(random.nextLong());
  }

  @Override
  public void close() {
    line.close();
  }
}
