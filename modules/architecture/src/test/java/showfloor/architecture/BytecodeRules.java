package showfloor.architecture;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What compiled code may be. The compiler stops types that are not readable; this stops the ways
/// around it, what would hold a lease for long, and handles that are kept.
final class BytecodeRules {
  private static final List<String> BANNED_TEXTS =
      List.of("java.sql.", "javax.sql.", "org.postgresql", "com.zaxxer", "jdbc:postgresql");

  /// Work on other threads, whosever member it is: a subclass is named instead of the collection
  /// that it extends.
  private static final Set<String> PARALLEL =
      Set.of("parallel", "parallelStream", "parallelSort", "parallelPrefix", "parallelSetAll");

  private static final List<String> HANDLES =
      List.of("showfloor/dbapi/SqlReader;", "showfloor/dbapi/SqlWriter;", "showfloor/dbapi/Row;");

  private BytecodeRules() {}

  /// What is wrong with a class of a domain; empty when nothing.
  static List<String> violations(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    String name = dotted(model.thisClass());
    List<String> found = new ArrayList<>();
    for (PoolEntry entry : model.constantPool()) {
      named(entry)
          .filter(BytecodeRules::isInPackage)
          .flatMap(Vocabulary::refusal)
          .or(() -> parallel(entry))
          .ifPresent(refusal -> found.add("%s names %s".formatted(name, refusal)));
      if (entry instanceof StringEntry text) {
        BANNED_TEXTS.stream()
            .filter(text.stringValue()::contains)
            .forEach(ban -> found.add("%s has the text '%s'".formatted(name, ban)));
      }
    }
    model.fields().forEach(field -> kept(name, field).ifPresent(found::add));
    model.methods().forEach(method -> handedOn(name, method).ifPresent(found::add));
    return found;
  }

  /// Threads, executors and waits in a class of the platform, which may name all else.
  static List<String> threads(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    List<String> found = new ArrayList<>();
    for (PoolEntry entry : model.constantPool()) {
      named(entry)
          .flatMap(Vocabulary::refusedThread)
          .or(() -> parallel(entry))
          .ifPresent(refusal -> found.add(dotted(model.thisClass()) + " names " + refusal));
    }
    return found;
  }

  private static Optional<String> named(PoolEntry entry) {
    return switch (entry) {
      case ClassEntry type -> Optional.of(dotted(type));
      case FieldRefEntry field -> Optional.of(member(field) + ":" + field.type().stringValue());
      case MemberRefEntry method -> Optional.of(member(method) + method.type().stringValue());
      default -> Optional.empty();
    };
  }

  private static String member(MemberRefEntry member) {
    return dotted(member.owner()) + "." + member.name().stringValue();
  }

  /// Not so: arrays of numbers, and module descriptors.
  private static boolean isInPackage(String name) {
    return name.contains(".");
  }

  private static String dotted(ClassEntry type) {
    return type.asInternalName().replaceFirst("^\\[+L?", "").replace(";", "").replace('/', '.');
  }

  private static Optional<String> parallel(PoolEntry entry) {
    return entry instanceof MemberRefEntry member && PARALLEL.contains(member.name().stringValue())
        ? Optional.of(member.name().stringValue() + ": " + Vocabulary.THREADS)
        : Optional.empty();
  }

  private static Optional<String> kept(String name, FieldModel field) {
    return holdsHandle(field.fieldType().stringValue(), field)
        ? Optional.of(
            "%s keeps a handle in its field %s: it dies with its lambda"
                .formatted(name, field.fieldName().stringValue()))
        : Optional.empty();
  }

  private static Optional<String> handedOn(String name, MethodModel method) {
    String called = name + "." + method.methodName().stringValue();
    if (method.flags().has(AccessFlag.NATIVE)) {
      return Optional.of(called + " is native: no module brings code of another kind");
    }
    return holdsHandle(method.methodType().stringValue(), method)
        ? Optional.of(called + " answers with a handle: it dies with its lambda")
        : Optional.empty();
  }

  /// Whether a field, or what a method answers with, is a handle or is made of handles.
  private static boolean holdsHandle(String descriptor, AttributedElement element) {
    Stream<String> generic =
        element.findAttribute(Attributes.signature()).stream()
            .map(signature -> signature.signature().stringValue());
    return Stream.concat(Stream.of(descriptor), generic)
        .map(type -> type.substring(type.lastIndexOf(')') + 1))
        .anyMatch(type -> HANDLES.stream().anyMatch(type::contains));
  }
}
