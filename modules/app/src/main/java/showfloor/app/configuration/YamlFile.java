package showfloor.app.configuration;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// The settings in a YAML file, by name. Reads the tree of nodes only: no object is ever built from
/// what the file says, and every value keeps its line.
final class YamlFile {
  private final Path path;
  private final List<Fault> faults;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /// @param text empty when the file says nothing for the name: the default counts
  record Value(String text, String origin) {}

  private YamlFile(Path path, List<Fault> faults) {
    this.path = path;
    this.faults = faults;
  }

  /// Reads `path`; what is wrong with it joins `faults`.
  static Map<String, Value> read(Path path, List<Fault> faults) {
    YamlFile file = new YamlFile(path, faults);
    try (Reader reader = Files.newBufferedReader(path)) {
      Node root = new Yaml(new LoaderOptions()).compose(reader);
      if (root != null && !root.getTag().equals(Tag.NULL)) {
        file.collect("", root);
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      faults.add(new Fault("file", path + " line " + line, "is not YAML: " + e.getProblem()));
    } catch (YAMLException e) {
      faults.add(new Fault("file", path.toString(), "is not YAML"));
    } catch (IOException e) {
      faults.add(new Fault("file", path.toString(), "can't be read: " + e));
    }
    return file.values;
  }

  private void collect(String name, Node node) {
    switch (node) {
      case MappingNode mapping -> mapping.getValue().forEach(entry -> collectEntry(name, entry));
      case ScalarNode scalar -> put(name, scalar, text(scalar));
      case SequenceNode list -> put(name, list, elements(list));
      default -> fault(name, node, "is neither a value nor a section");
    }
  }

  private void collectEntry(String section, NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode key) {
      String name = section.isEmpty() ? key.getValue() : section + "." + key.getValue();
      collect(name, entry.getValueNode());
    } else {
      fault(section, entry.getKeyNode(), "has a key that is no text");
    }
  }

  private String elements(SequenceNode list) {
    return list.getValue().stream()
        .map(element -> element instanceof ScalarNode scalar ? text(scalar) : "?")
        .collect(Collectors.joining(","));
  }

  private void put(String name, Node node, String text) {
    if (values.put(name, new Value(text, origin(node))) != null) {
      fault(name, node, "stands in the file twice");
    }
  }

  private void fault(String name, Node node, String message) {
    faults.add(new Fault(name.isEmpty() ? "file" : name, origin(node), message));
  }

  private String origin(Node node) {
    return path + " line " + (node.getStartMark().getLine() + 1);
  }

  private static String text(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue().strip();
  }
}
