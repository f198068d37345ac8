package showfloor.app.modules;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How this process was started, as far as the fence around the database depends on it.
///
/// @param classPath must be empty: code on it belongs to no module and reads every one
/// @param flags what the virtual machine was started with
/// @param modules of the boot layer
record BootFacts(String classPath, List<String> flags, List<ModuleFacts> modules) {

  /// One module.
  ///
  /// @param automatic has no descriptor, so that it reads every module
  /// @param reads the names of the modules whose exported types it can name
  record ModuleFacts(String name, boolean automatic, Set<String> reads) {}

  /// The facts of the running process.
  static BootFacts observe() {
    return new BootFacts(
        System.getProperty("java.class.path", ""),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        ModuleLayer.boot().modules().stream().map(BootFacts::facts).toList());
  }

  private static ModuleFacts facts(Module module) {
    return new ModuleFacts(
        module.getName(),
        module.getDescriptor().isAutomatic(),
        ModuleLayer.boot().modules().stream()
            .filter(module::canRead)
            .map(Module::getName)
            .collect(Collectors.toSet()));
  }
}
