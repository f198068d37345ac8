package showfloor.proof;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Clients of one company that read, write, import and export without a pause, and keep a ledger of
/// what they were told of each write.
final class Load implements AutoCloseable {
  private static final int IMPORTED = 50;
  private static final String EXPORT = "/api/reports/export/dealers";

  private final Supplier<List<URI>> servers;
  private final Company company;
  private final List<Thread> clients = new ArrayList<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Told> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /// One request and its answer.
  record Told(String request, Answer answer) {
    private boolean isCutExport() {
      return answer instanceof Answer.Cut && request.equals("GET " + EXPORT);
    }
  }

  private Load(Supplier<List<URI>> servers, Company company) {
    this.servers = servers;
    this.company = company;
  }

  /// Starts `clients`, whose requests come from `random`.
  static Load start(URI server, Company company, int clients, Random random) {
    return start(() -> List.of(server), company, clients, random);
  }

  /// The same, where each client goes to the next server when one takes no more connections, as
  /// behind a balancer.
  static Load start(Supplier<List<URI>> servers, Company company, int clients, Random random) {
    Load load = new Load(servers, company);
    for (int i = 0; i < clients; i++) {
      int number = i;
      long seed = random.nextLong();
      load.clients.add(Thread.ofVirtual().start(() -> load.client(number, new Random(seed))));
    }
    return load;
  }

  private void client(int number, Random random) {
    int i = 0;
    int refusals = 0; // in a row: whom every server refuses leaves
    for (int turn = number; !stopped && refusals < servers.get().size(); turn++) {
      List<URI> all = servers.get();
      int next = client(all.get(turn % all.size()), number, i, random);
      refusals = next > i ? 0 : refusals + 1;
      i = next;
    }
  }

  /// Asks one server until it takes no more connections; the number of the next request.
  private int client(URI server, int number, int first, Random random) {
    int i = first;
    try (HttpLine line = new HttpLine(server, company.token())) {
      while (!stopped) {
        String name = "%d-%d-%x".formatted(number, i, random.nextInt());
        if (request(line, name, random) instanceof Answer.Refused) {
          return i;
        }
        i++;
      }
    }
    return i;
  }

  private Answer request(HttpLine line, String name, Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> read(line, "/api/dealers?limit=20");
      case 4 -> export(line, random);
      case 5, 6 -> write(line, name, "/api/dealers", "application/json", List.of(name));
      case 7, 8 ->
          write(
              line,
              name,
              "/api/dealers",
              "application/json",
              List.of(name),
              "Idempotency-Key",
              name);
      default -> importCsv(line, name);
    };
  }

  private Answer read(HttpLine line, String path) {
    return note("GET " + path, line.send("GET", path, "", ""));
  }

  /// Whole, and with what was acknowledged before.
  private Answer export(HttpLine line, Random random) {
    List<String> before = List.copyOf(acknowledged);
    Answer answer = read(line, EXPORT);
    if (!before.isEmpty() && answer instanceof Answer.Complete(int status, String body)) {
      String written = before.get(random.nextInt(before.size()));
      if (status == 200 && !body.contains(written)) {
        wrong.add(new Told("export without " + written, answer));
      }
    }
    return answer;
  }

  private Answer importCsv(HttpLine line, String name) {
    List<String> names = IntStream.range(0, IMPORTED).mapToObj(i -> name + "-" + i).toList();
    return write(line, name, "/api/dealers/import?mode=skip", "text/csv", names);
  }

  private Answer write(
      HttpLine line, String name, String path, String type, List<String> names, String... headers) {
    String body =
        type.equals("text/csv")
            ? "Company Name\n" + String.join("\n", names) + "\n"
            : "{\"companyName\": \"%s\"}".formatted(name);
    Answer answer = line.send("POST", path, type, body, headers);
    note("POST " + path + " " + name, answer);
    switch (answer) {
      case Answer.Complete complete when complete.status() < 300 -> acknowledged.addAll(names);
      case Answer.Unanswered _ -> unanswered.addAll(names);
      case Answer.Complete _, Answer.Refused _, Answer.Cut _ -> {}
    }
    return answer;
  }

  private Answer note(String request, Answer answer) {
    counts.merge(kind(answer), 1, Integer::sum);
    if (isWrong(answer)) {
      wrong.add(new Told(request, answer));
    }
    return answer;
  }

  /// Sends no more requests; those in flight go on.
  void sendNoMore() {
    stopped = true;
  }

  /// Sends no more requests, and waits for those in flight.
  void stop() {
    stopped = true;
    await();
  }

  /// Waits until every client has stopped, by itself when the server takes no more connections.
  void await() {
    try {
      for (Thread client : clients) {
        client.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Companies whose addition was acknowledged.
  Set<String> acknowledged() {
    return acknowledged;
  }

  /// Those whose request got no byte of an answer.
  Set<String> unanswered() {
    return unanswered;
  }

  /// Answers that broke off, and errors other than those that ask to come back.
  List<Told> wrong() {
    return List.copyOf(wrong);
  }

  /// The same where the database is gone for moments: an export is cut whose next page can't be
  /// read, for the client must not take a part for the whole.
  List<Told> wrongWithGaps() {
    return wrong.stream().filter(told -> !told.isCutExport()).toList();
  }

  private static boolean isWrong(Answer answer) {
    return switch (answer) {
      case Answer.Cut _ -> true;
      case Answer.Complete complete ->
          complete.status() >= 400
              && !List.of(503, 504).contains(complete.status())
              && !complete.body().contains("IMPORT_RUNNING"); // one at a time for a company
      case Answer.Refused _, Answer.Unanswered _ -> false;
    };
  }

  /// How many requests were done.
  int served() {
    return counts.getOrDefault("200", 0) + counts.getOrDefault("201", 0);
  }

  /// How many requests were told what: by status, or by the way in which there was none.
  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  private static String kind(Answer answer) {
    return answer instanceof Answer.Complete complete
        ? Integer.toString(complete.status())
        : answer.getClass().getSimpleName();
  }

  @Override
  public void close() {
    stop();
  }
}
