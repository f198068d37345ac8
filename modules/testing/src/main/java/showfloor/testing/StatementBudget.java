package showfloor.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// What the routes of a server cost in statements, as a table that has to name every one of them.
/// Not thread-safe.
public final class StatementBudget {
  private final List<Line> table = new ArrayList<>();

  private record Line(
      String route, String what, int status, long statements, Supplier<Reply> ask) {}

  /// Adds one request.
  ///
  /// @param route as in [TestServer#routes]
  /// @param what tells it from other requests to the same route
  /// @param status that it must be answered with
  /// @param statements that it costs, exactly
  public void line(String route, String what, int status, long statements, Supplier<Reply> ask) {
    table.add(new Line(route, what, status, statements, ask));
  }

  /// Sends the requests in their order. Says which cost something else than the table has, which
  /// routes it lacks, and which of its routes there are not; empty when it holds. Another status is
  /// an `AssertionError` at once. Nothing else may use the server meanwhile.
  public List<String> faults(TestServer server) {
    List<String> faults = new ArrayList<>();
    for (Line line : table) {
      Reply[] reply = new Reply[1];
      long statements = server.statementsOf(() -> reply[0] = line.ask().get());
      reply[0].expect(line.status());
      if (statements != line.statements()) {
        faults.add(
            "%s, %s: %d statements, the budget is %d"
                .formatted(line.route(), line.what(), statements, line.statements()));
      }
    }
    Set<String> named = new TreeSet<>(table.stream().map(Line::route).toList());
    Set<String> there = new HashSet<>(server.routes());
    server.routes().stream()
        .filter(route -> !named.contains(route))
        .forEach(route -> faults.add(route + ": no budget"));
    named.stream()
        .filter(route -> !there.contains(route))
        .forEach(route -> faults.add(route + ": no such route"));
    return faults;
  }
}
