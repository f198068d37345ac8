package showfloor.proof;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody who uses all that there is, one request after the other: captures, looks around, takes
/// notes, plans, records, reports, takes files along. For one thread.
final class Visitor implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final String BOUNDARY = "XXBOUNDARYXX";
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final int REMEMBERED = 50;
  // A second of silence whose bytes are all text, since the line sends text.
  private static final String SILENCE =
      "RIFF$\u0001\u0000\u0000WAVEfmt \u0010\u0000\u0000\u0000\u0001\u0000\u0001\u0000"
          + "@\u001f\u0000\u0000@\u001f\u0000\u0000\u0001\u0000\u0008\u0000"
          + "data\u0000\u0001\u0000\u0000"
          + "\u0000".repeat(256);

  /// What all visitors of a run were told.
  record Ledger(Set<String> acknowledged, Map<String, Integer> counts, Queue<String> wrong) {
    static Ledger empty() {
      return new Ledger(
          ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>(), new ConcurrentLinkedQueue<>());
    }
  }

  private final HttpLine line;
  private final Ledger ledger;
  private final Random random;
  private final String device = "device-" + UUID.randomUUID();
  private final List<String> dealers = new ArrayList<>();
  private final List<String> shows = new ArrayList<>();
  private final List<String> todos = new ArrayList<>();
  private final List<String> recordings = new ArrayList<>();
  private int sequence;

  Visitor(URI server, Company company, Ledger ledger, Random random) {
    this.line = new HttpLine(server, company.token());
    this.ledger = ledger;
    this.random = random;
  }

  /// Does one thing.
  void go() {
    switch (random.nextInt(24)) {
      case 0, 1, 2 -> capture();
      case 3 -> addDealer();
      case 4, 5 -> read("/api/dealers?limit=20");
      case 6 -> read("/api/dealers?limit=20&search=firm");
      case 7, 8 -> read("/api/dealers/" + one(dealers));
      case 9 -> send("POST", "/api/dealers/" + one(dealers) + "/notes", "{\"content\": \"Call\"}");
      case 10 -> send("PUT", "/api/dealers/" + one(dealers) + "/rating", "{\"rating\": 4}");
      case 11 -> keep(todos, send("POST", "/api/todos", "{\"title\": \"Call\"}"));
      case 12 -> send("PUT", "/api/todos/" + one(todos), "{\"completed\": true}");
      case 13 -> read("/api/todos?completed=false&due=overdue");
      case 14 -> keep(shows, send("POST", "/api/trade-shows", "{\"name\": \"Lightfair\"}"));
      case 15 -> send("POST", "/api/trade-shows/%s/dealers".formatted(one(shows)), linked());
      case 16 -> read("/api/reports/shows/" + one(shows));
      case 17, 18 -> read("/api/reports/dashboard");
      case 19 -> record();
      case 20 -> read("/api/uploads/recording/" + one(recordings));
      case 21 -> send("POST", "/api/dealers/match", "{\"text\": \"%s\\nAcme\"}".formatted(name()));
      case 22 -> read("/api/auth/me");
      default -> read(random.nextInt(5) == 0 ? "/api/reports/export/all" : "/api/todos");
    }
  }

  private void capture() {
    String name = name();
    Answer answer =
        send(
            "POST",
            "/api/captures",
            """
            {"id": "%s", "deviceId": "%s", "sequence": %d, "capturedAt": "%s",
             "dealer": {"companyName": "%s"}, "note": "Met", "rating": 3}
            """
                .formatted(UUID.randomUUID(), device, ++sequence, Instant.now(), name));
    acknowledge(answer, name);
  }

  private void addDealer() {
    String name = name();
    Answer answer = send("POST", "/api/dealers", "{\"companyName\": \"%s\"}".formatted(name));
    acknowledge(answer, name);
    keep(dealers, answer);
  }

  private void acknowledge(Answer answer, String name) {
    if (answer.isStatus(201)) {
      ledger.acknowledged().add(name);
    }
  }

  private String linked() {
    return "{\"add\": [%s]}".formatted(dealers.isEmpty() ? "" : "\"" + one(dealers) + "\"");
  }

  private void record() {
    String form =
        String.join(
            "\r\n",
            "--" + BOUNDARY,
            "Content-Disposition: form-data; name=\"recording\"; filename=\"a.wav\"",
            "Content-Type: audio/wav",
            "",
            SILENCE,
            "--" + BOUNDARY + "--",
            "");
    String path = "/api/uploads/recording/" + one(dealers);
    keep(
        recordings,
        note(
            "POST " + path,
            line.send("POST", path, "multipart/form-data; boundary=" + BOUNDARY, form)));
  }

  private void read(String path) {
    note("GET " + path, line.send("GET", path, "", ""));
  }

  private Answer send(String method, String path, String json) {
    return note(method + " " + path, line.send(method, path, JSON, json));
  }

  /// Errors other than those that ask to come back, and a 404 where there is nothing yet, are
  /// wrong.
  private Answer note(String request, Answer answer) {
    if (answer instanceof Answer.Complete(int status, String body)) {
      ledger.counts().merge(Integer.toString(status), 1, Integer::sum);
      boolean deliberate = status == 503 && body.contains("TEMPORARY_REDUCED_CAPACITY");
      boolean nothingYet = status == 404 && request.contains(NOTHING);
      if (status >= 400 && !deliberate && !nothingYet) {
        ledger.wrong().add(request + " -> " + status + " " + body);
      }
    } else {
      ledger.counts().merge(answer.getClass().getSimpleName(), 1, Integer::sum);
      ledger.wrong().add(request + " -> " + answer);
    }
    return answer;
  }

  private static final String NOTHING = new UUID(0, 0).toString();

  private String one(List<String> ids) {
    return ids.isEmpty() ? NOTHING : ids.get(random.nextInt(ids.size()));
  }

  private void keep(List<String> ids, Answer answer) {
    if (answer instanceof Answer.Complete(int status, String body) && status == 201) {
      Matcher id = ID.matcher(body);
      if (id.find() && ids.size() < REMEMBERED) {
        ids.add(id.group(1));
      }
    }
  }

  private String name() {
    return "Firm %08x".formatted(random.nextInt());
  }

  @Override
  public void close() {
    line.close();
  }
}
