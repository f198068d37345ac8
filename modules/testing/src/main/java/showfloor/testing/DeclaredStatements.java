package showfloor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlRegistry;

/// Every [Sql] of a module, found in its compiled classes: none can be forgotten.
final class DeclaredStatements {
  private DeclaredStatements() {}

  /// Those of the module of this name in the boot layer; its tests' own are left out.
  static List<Sql> of(String module) {
    ModuleReference built = built(module);
    try (ModuleReader reader = built.open();
        var names = reader.list()) {
      for (String name : names.filter(n -> n.endsWith(".class")).toList()) {
        if (!name.equals("module-info.class") && declares(reader, name)) {
          initialise(module, name.replace('/', '.').substring(0, name.length() - 6));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(module, e);
    }
    String prefix = module.substring(module.indexOf('.') + 1) + ".";
    return SqlRegistry.declared().stream().filter(sql -> sql.name().startsWith(prefix)).toList();
  }

  /// The module as it was built, without the tests that patch it.
  private static ModuleReference built(String module) {
    Path location =
        ModuleLayer.boot()
            .configuration()
            .findModule(module)
            .flatMap(found -> found.reference().location())
            .map(Path::of)
            .orElseThrow(() -> new IllegalArgumentException("no such module here: " + module));
    return ModuleFinder.of(location).find(module).orElseThrow();
  }

  private static boolean declares(ModuleReader reader, String name) throws IOException {
    try (var in = reader.open(name).orElseThrow()) {
      var constants = ClassFile.of().parse(in.readAllBytes()).constantPool();
      return StreamSupport.stream(constants.spliterator(), false)
          .anyMatch(
              entry ->
                  entry instanceof MemberRefEntry member
                      && member.owner().asInternalName().equals("showfloor/dbapi/Sql")
                      && member.name().equalsString("of"));
    }
  }

  private static void initialise(String module, String name) {
    try {
      ClassLoader loader = ModuleLayer.boot().findLoader(module);
      Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
