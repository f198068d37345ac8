package showfloor.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each proof its [Trials], and prints the table of all of them at the end of the run, to the
/// console and to `target/proof/table.md`.
final class Table implements BeforeAllCallback, ParameterResolver {
  private static final Path FILE = Path.of("target", "proof", "table.md");

  /// By test method: one that is run again starts anew.
  private static final Map<String, Part> PARTS = new ConcurrentHashMap<>();

  private record Part(Proof proof, Trials trials) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    // Closed when the whole run is over.
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Table.class))
        .computeIfAbsent("table", name -> (AutoCloseable) Table::print, AutoCloseable.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Trials.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Proof proof = context.getRequiredTestClass().getAnnotation(Proof.class);
    Trials trials = new Trials(proof.id());
    PARTS.put(proof.id() + " " + context.getDisplayName(), new Part(proof, trials));
    return trials;
  }

  private static void print() {
    TreeMap<String, String> rows = new TreeMap<>(Comparator.comparingInt(Table::number));
    for (Elsewhere other : Elsewhere.values()) {
      List<String> counts = other.counts();
      rows.put(
          other.name(),
          row(
              other.name(),
              other.what(),
              counts.getFirst(),
              counts.getLast(),
              String.join(", ", other.tests())));
    }
    PARTS.values().stream()
        .collect(Collectors.groupingBy(part -> part.proof().id()))
        .forEach((id, parts) -> rows.put(id, row(parts)));
    List<String> lines =
        Stream.concat(
                Stream.of(
                    row("id", "what", "trials", "violations", "figures, or the tests"),
                    "|---|---|---|---|---|"),
                rows.values().stream())
            .toList();
    System.out.printf("Proofs, seed %d:%n%s%n", Size.SEED, String.join("\n", lines));
    try {
      Files.createDirectories(FILE.getParent());
      Files.write(FILE, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(List<Part> parts) {
    Proof proof = parts.getFirst().proof();
    List<Trials> trials = parts.stream().map(Part::trials).toList();
    return row(
        proof.id(),
        proof.what(),
        Integer.toString(trials.stream().mapToInt(Trials::count).sum()),
        Integer.toString(trials.stream().mapToInt(Trials::violations).sum()),
        trials.stream().map(Trials::remarks).collect(Collectors.joining("; ")));
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
