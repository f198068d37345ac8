package showfloor.architecture;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names that a domain may use outside of its own module, and what to do instead of others.
///
/// What is not on the list is refused: a domain needs little of the platform, and more of it is
/// worth a look. Of all entries that fit a name the longest decides.
final class Vocabulary {
  static final String THREADS = "threads are the runtime's";
  private static final String PER_THREAD = "nothing is kept per thread: use a ScopedValue";
  private static final String WAITS = "nothing sleeps or waits: a connection could wait with it";
  private static final Set<String> OF_THREADS = Set.of(THREADS, PER_THREAD, WAITS);

  private static final String MAY = "";

  /// A name's beginning; with `*` behind it, the classes of that package. `<init>` is a member.
  private static final Map<String, String> ENTRIES = new HashMap<>();

  static {
    enter(MAY, "showfloor.", "org.jspecify.annotations.*");
    enter(MAY, "java.lang.*", "java.lang.annotation.*", "java.lang.runtime.*", "java.math.*");
    enter(MAY, "java.text.*", "java.time.*", "java.time.format.*", "java.time.temporal.*");
    enter(MAY, "java.util.*", "java.util.function.*", "java.util.regex.*", "java.util.stream.*");
    enter(MAY, "java.nio.ByteBuffer", "java.nio.CharBuffer", "java.nio.charset.*");
    enter(MAY, "java.security.MessageDigest", "java.security.NoSuchAlgorithmException");
    enter(MAY, "java.security.DigestInputStream", "java.security.DigestOutputStream");
    enter(MAY, "java.security.SecureRandom");
    // Signs and verifies what a payment provider tells.
    enter(MAY, "javax.crypto.Mac", "javax.crypto.spec.SecretKeySpec");
    enter(MAY, "java.security.GeneralSecurityException");
    enter(MAY, "com.fasterxml.jackson.core.JsonGenerator"); // a JsonValue writes to it
    enter(MAY, "org.bouncycastle.crypto."); // argon2id
    enter(MAY, "de.siegmar.fastcsv."); // the CSV of an import
    // Signs and checks links.
    enter(MAY, "javax.crypto.Mac", "javax.crypto.spec.SecretKeySpec");
    enter(MAY, "java.security.InvalidKeyException", "java.security.Key");
    // Pictures from and to memory; the rest of java.desktop reads files and addresses, too.
    enter(MAY, "java.awt.image.BufferedImage", "java.awt.image.RenderedImage");
    enter(MAY, "javax.imageio.IIOImage", "javax.imageio.IIOParam", "javax.imageio.metadata.");
    enter(MAY, "javax.imageio.ImageReader", "javax.imageio.ImageReadParam");
    enter(MAY, "javax.imageio.ImageWriter", "javax.imageio.ImageWriteParam");
    enter(MAY, "javax.imageio.ImageIO", "javax.imageio.ImageIO.getImageReadersByFormatName");
    enter(MAY, "javax.imageio.ImageIO.getImageWritersByFormatName");
    enter(MAY, "javax.imageio.stream.ImageInputStreamImpl");
    enter(MAY, "javax.imageio.stream.MemoryCacheImageOutputStream");
    enter(MAY, "jakarta.mail.", "org.eclipse.angus.mail."); // mail alone may require them

    String database = "only db-api names JDBC, the pool and the driver";
    enter(database, "java.sql.", "javax.sql.", "com.zaxxer.", "org.postgresql.");
    enter(database, "io.helidon.dbclient.");
    enter("only http-api names the server", "io.helidon.");

    String network = "no module opens a socket: a call to the outside needs a module of its own";
    enter(MAY, "java.net.URLEncoder"); // writes text, opens nothing
    enter(network, "java.net.", "javax.net.", "java.nio.channels.", "java.rmi.");
    String files = "no files: bytes come and go through http-api, and are kept in the database";
    enter(files, "java.io.", "java.nio.file.", "java.nio.channels.FileChannel");
    enter(files, "java.nio.channels.AsynchronousFileChannel", "java.util.zip.", "java.util.jar.");
    enter(files, "java.util.Formatter", "java.util.Scanner");
    enter(MAY, "java.io.BufferedReader", "java.io.ByteArray", "java.io.IOException");
    enter(MAY, "java.io.InputStream", "java.io.OutputStream", "java.io.Reader");
    enter(MAY, "java.io.Serializable", "java.io.String", "java.io.UncheckedIOException");
    enter(MAY, "java.io.Writer");
    // An archive is written to an answer and read from a body.
    enter(MAY, "java.util.zip.ZipOutputStream", "java.util.zip.ZipInputStream");
    enter(MAY, "java.util.zip.ZipEntry", "java.util.zip.ZipException", "java.util.zip.Deflater");
    enter("no serialization: JSON goes through http-api", "java.io.Object", "java.io.External");

    enter(files, "javax.imageio.ImageIO.");

    String processes = "no module starts processes, or ends this one";
    enter(processes, "java.lang.Process", "java.lang.Runtime.", "java.lang.System.exit");
    enter(MAY, "java.lang.Runtime.getRuntime", "java.lang.Runtime.availableProcessors");
    String code = "no module brings code of another kind";
    enter(code, "java.lang.System.load", "java.lang.Runtime.load", "java.lang.foreign.", "sun.");
    enter(code, "java.lang.classfile.", "java.lang.instrument.", "jdk.", "com.sun.");
    String configuration = "configuration is app's, and so are the streams of the process";
    enter(configuration, "java.lang.System.", "java.lang.IO.", "java.util.prefs.");
    enter(MAY, "java.lang.System.arraycopy", "java.lang.System.currentTimeMillis");
    enter(MAY, "java.lang.System.getLogger", "java.lang.System.identityHashCode");
    enter(MAY, "java.lang.System.nanoTime");
    enter("logs go to System.Logger", "java.util.logging.");

    String loading = "no module loads classes or builds layers";
    enter(loading, "java.lang.ClassLoader", "java.lang.Module", "java.lang.module.");
    enter(
        loading, "java.util.ServiceLoader", "java.util.ResourceBundle", "java.net.URLClassLoader");
    enter(loading, "java.lang.Thread.getContextClassLoader");
    String reflection = "no reflection";
    enter(reflection, "java.lang.reflect.", "java.lang.invoke.", "java.lang.StackWalker");
    enter(reflection, "java.lang.Class.");
    enter(MAY, "java.lang.Class.getName", "java.lang.Class.getSimpleName");
    enter(MAY, "java.lang.Class.getResourceAsStream", "java.lang.Class.desiredAssertionStatus");
    // Named by every class with a lambda or a concatenation.
    enter(MAY, "java.lang.invoke.LambdaMetafactory", "java.lang.invoke.StringConcatFactory");
    enter(MAY, "java.lang.invoke.MethodHandles");
    enter(reflection, "java.lang.invoke.MethodHandles.", "java.lang.invoke.MethodHandles$Lookup.");

    enter(THREADS, "java.lang.Thread.", "java.lang.Thread$", "java.lang.ThreadGroup");
    enter(MAY, "java.lang.Thread.currentThread", "java.lang.Thread.interrupt");
    enter(THREADS, "java.util.Timer", "java.util.concurrent.");
    enter(THREADS, "java.lang.ref.Cleaner");
    enter(THREADS, "java.util.stream.StreamSupport");
    enter(MAY, "java.util.concurrent.ConcurrentHashMap", "java.util.concurrent.ConcurrentMap");
    enter(THREADS, "java.util.concurrent.ConcurrentHashMap.forEach(J");
    enter(THREADS, "java.util.concurrent.ConcurrentHashMap.search");
    enter(THREADS, "java.util.concurrent.ConcurrentHashMap.reduce");
    enter(MAY, "java.util.concurrent.CopyOnWriteArrayList", "java.util.concurrent.atomic.");
    enter(MAY, "java.util.concurrent.Semaphore", "java.util.concurrent.ThreadLocalRandom");
    enter(MAY, "java.util.concurrent.TimeUnit");
    enter(PER_THREAD, "java.lang.ThreadLocal", "java.lang.InheritableThreadLocal");
    enter(WAITS, "java.lang.Thread.sleep", "java.lang.Thread.join", "java.lang.Object.wait");
    enter(WAITS, "java.util.concurrent.TimeUnit.sleep", "java.util.concurrent.TimeUnit.timed");
    enter(WAITS, "java.util.concurrent.locks.", "java.util.concurrent.CountDownLatch");
    enter(WAITS, "java.util.concurrent.Semaphore.acquire(", "java.util.concurrent.BlockingQueue");
    enter(WAITS, "java.util.concurrent.Semaphore.acquireUninterruptibly");
  }

  private Vocabulary() {}

  private static void enter(String verdict, String... beginnings) {
    for (String beginning : beginnings) {
      ENTRIES.put(beginning, verdict);
    }
  }

  /// Why a domain may not use a name: a class's, or a member's as `Class.member(descriptor)`.
  static Optional<String> refusal(String name) {
    String verdict = verdict(name).orElse("not in the Vocabulary of domains");
    return verdict.equals(MAY) ? Optional.empty() : Optional.of(said(name, verdict));
  }

  /// The same for threads, executors and waits alone.
  static Optional<String> refusedThread(String name) {
    return verdict(name).filter(OF_THREADS::contains).map(verdict -> said(name, verdict));
  }

  private static String said(String name, String verdict) {
    return name.replaceFirst("[(].*|:.*", "") + ": " + verdict;
  }

  private static Optional<String> verdict(String name) {
    return ENTRIES.keySet().stream()
        .filter(beginning -> fits(name, beginning))
        .max(java.util.Comparator.comparingInt(String::length))
        .map(ENTRIES::get);
  }

  private static boolean fits(String name, String beginning) {
    if (!beginning.endsWith("*")) {
      return name.startsWith(beginning);
    }
    int length = beginning.length() - 1;
    return name.startsWith(beginning.substring(0, length))
        && Character.isUpperCase(name.charAt(length));
  }
}
