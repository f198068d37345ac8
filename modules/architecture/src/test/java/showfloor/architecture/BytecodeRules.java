package showfloor.architecture;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What compiled code may name. The compiler stops types that are not readable; this stops the ways
/// around it (reflection, class loaders, layers, sockets) and what would hold a lease for long.
final class BytecodeRules {
  /// A name's beginning, and what to do instead. `Class.method` for a single method.
  private static final Map<String, String> BANNED =
      Map.ofEntries(
          Map.entry("java.sql.", "only db-api names JDBC"),
          Map.entry("javax.sql.", "only db-api names JDBC"),
          Map.entry("com.zaxxer.", "only db-api names the pool"),
          Map.entry("org.postgresql.", "only db-api names the driver"),
          Map.entry("io.helidon.dbclient.", "only db-api names DbClient"),
          Map.entry("java.net.Socket", "no module opens a socket"),
          Map.entry("java.nio.channels.SocketChannel", "no module opens a socket"),
          Map.entry("java.nio.channels.AsynchronousSocketChannel", "no module opens a socket"),
          Map.entry("java.lang.ModuleLayer", "no module builds layers"),
          Map.entry("java.lang.ClassLoader", "no module loads classes"),
          Map.entry("java.net.URLClassLoader", "no module loads classes"),
          Map.entry("java.lang.reflect.", "no reflection"),
          Map.entry("java.lang.Class.forName", "no reflection"),
          Map.entry("java.lang.Class.getDeclaredMethod", "no reflection"),
          Map.entry("java.lang.Class.getMethod", "no reflection"),
          Map.entry("java.lang.Class.getDeclaredField", "no reflection"),
          Map.entry("java.lang.invoke.MethodHandles.privateLookupIn", "no reflection"),
          Map.entry("java.lang.Thread.<init>", "threads are the runtime's"),
          Map.entry("java.lang.Thread.ofVirtual", "threads are the runtime's"),
          Map.entry("java.lang.Thread.ofPlatform", "threads are the runtime's"),
          Map.entry("java.lang.Thread.startVirtualThread", "threads are the runtime's"),
          Map.entry("java.util.concurrent.Executors", "threads are the runtime's"),
          Map.entry("java.util.concurrent.CompletableFuture", "threads are the runtime's"),
          Map.entry("java.util.concurrent.ForkJoinPool", "threads are the runtime's"),
          Map.entry("java.util.Timer", "threads are the runtime's"),
          Map.entry("java.lang.Thread.sleep", "nothing sleeps"),
          Map.entry("java.lang.ThreadLocal", "use a ScopedValue"),
          Map.entry("java.lang.System.getenv", "configuration is app's"),
          Map.entry("java.lang.System.getProperty", "configuration is app's"),
          Map.entry("java.lang.ProcessBuilder", "no module starts processes"),
          Map.entry("java.lang.Runtime.exec", "no module starts processes"));

  private static final List<String> BANNED_TEXTS =
      List.of("java.sql.", "javax.sql.", "org.postgresql", "com.zaxxer", "jdbc:postgresql");

  private BytecodeRules() {}

  /// What is wrong with a class of a domain; empty when nothing.
  static List<String> violations(byte[] bytes) {
    var model = ClassFile.of().parse(bytes);
    String name = model.thisClass().asInternalName().replace('/', '.');
    List<String> found = new ArrayList<>();
    for (PoolEntry entry : model.constantPool()) {
      named(entry)
          .flatMap(BytecodeRules::ban)
          .ifPresent(ban -> found.add("%s names %s".formatted(name, ban)));
      if (entry instanceof StringEntry text) {
        BANNED_TEXTS.stream()
            .filter(text.stringValue()::contains)
            .forEach(ban -> found.add("%s has the text '%s'".formatted(name, ban)));
      }
    }
    return found;
  }

  private static Optional<String> named(PoolEntry entry) {
    return switch (entry) {
      case ClassEntry type -> Optional.of(type.asInternalName().replace('/', '.'));
      case MemberRefEntry member ->
          Optional.of(
              member.owner().asInternalName().replace('/', '.')
                  + "."
                  + member.name().stringValue());
      default -> Optional.empty();
    };
  }

  private static Optional<String> ban(String name) {
    return BANNED.entrySet().stream()
        .filter(ban -> matches(name, ban.getKey()))
        .map(ban -> "%s: %s".formatted(name, ban.getValue()))
        .findFirst();
  }

  private static boolean matches(String name, String ban) {
    return ban.endsWith(".")
        ? name.startsWith(ban)
        : name.equals(ban) || name.startsWith(ban + ".");
  }
}
