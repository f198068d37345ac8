package showfloor.auth.password;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import showfloor.auth.AuthSettings;
import showfloor.auth.password.Argon2.Cost;
import showfloor.dbapi.Database;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;

/// Hashes passwords, a few at a time, and never while a connection is held: a hash costs as much
/// time as a hundred queries. Thread-safe.
public final class PasswordHasher {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;
  private static final Duration WAIT_MAX = Duration.ofSeconds(3);

  private final Cost cost;
  private final Semaphore line;
  private final Semaphore cores;
  private final String decoy;

  public PasswordHasher(AuthSettings.Hashing settings) {
    this(settings, Cost.CURRENT);
  }

  PasswordHasher(AuthSettings.Hashing settings, Cost cost) {
    this.cost = cost;
    this.line = new Semaphore(settings.atOnce() + settings.waiting());
    this.cores = new Semaphore(settings.atOnce(), true);
    // No password is known to have this hash, so comparing with it fails after the usual time.
    this.decoy = Argon2.phc(cost, random(SALT_BYTES), random(32));
  }

  /// Runs `work`, which is going to hash, with a place in the line for it. A full line is a problem
  /// 503 at once, before `work` has counted or stored anything.
  public <T> T inLine(Supplier<T> work) {
    if (!line.tryAcquire()) {
      throw busy();
    }
    try {
      return work.get();
    } finally {
      line.release();
    }
  }

  /// A new hash, as a PHC string.
  public String hash(String password) {
    return onACore(() -> Argon2.hash(password, cost, random(SALT_BYTES)));
  }

  /// Whether `password` is the one that was stored; false after the same time where none is.
  public boolean matches(String password, Optional<String> stored) {
    BooleanSupplier comparison = () -> Argon2.matches(password, stored.orElse(decoy));
    return onACore(comparison::getAsBoolean) && stored.isPresent();
  }

  /// Whether a stored hash was made with other parameters than new ones are.
  public boolean isOutdated(String stored) {
    return !Argon2.costOf(stored).equals(cost);
  }

  private <T> T onACore(Supplier<T> hashing) {
    Database.outsideLease("hashing a password");
    try {
      if (!cores.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return hashing.get();
    } finally {
      cores.release();
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static Problem busy() {
    return Problem.of(
            ProblemTypes.TEMPORARY_REDUCED_CAPACITY,
            "Too many people are signing in at this moment.")
        .retryAfter(Duration.ofSeconds(1));
  }
}
