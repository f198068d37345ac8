package showfloor.app.configuration;

import java.util.List;
import java.util.stream.Collectors;

/// The configuration is faulty. The message lists every fault, one a line.
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  /// `faults` is not empty.
  public ConfigurationException(List<Fault> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  /// All of them, in the order of the settings.
  public List<Fault> faults() {
    return faults;
  }

  private static String message(List<Fault> faults) {
    return faults.stream()
        .map(fault -> "  " + fault)
        .collect(
            Collectors.joining(
                "\n",
                "The configuration has "
                    + (faults.size() == 1 ? "a fault:\n" : faults.size() + " faults:\n"),
                ""));
  }
}
