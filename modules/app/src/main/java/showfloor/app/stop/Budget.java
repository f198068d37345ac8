package showfloor.app.stop;

import java.time.Duration;
import showfloor.app.configuration.Settings;

/// How the one time budget of a stop is spent. What a step leaves over, the next ones may use.
///
/// @param announce the server says that it is not ready, and still serves
/// @param drain requests in flight end by themselves
/// @param database what is left is cancelled, sessions end
/// @param interrupt what still runs then (a client that stalls, no statement) is interrupted
/// @param postgres the embedded PostgreSQL stops
/// @param reserve the last lines are written, on a machine that stalls
public record Budget(
    Duration announce,
    Duration drain,
    Duration database,
    Duration interrupt,
    Duration postgres,
    Duration reserve) {
  private static final Duration ENOUGH = Duration.ofSeconds(5);
  private static final Duration RESERVE = Duration.ofSeconds(1);
  private static final Duration BRIEF = Duration.ofSeconds(1);

  /// Gives the last steps what they need, the drain all the rest.
  public static Budget of(Settings.Stop stop) {
    Duration left = stop.budget().minus(stop.announce()).minus(RESERVE);
    Duration quarter = left.dividedBy(4);
    Duration step = quarter.compareTo(ENOUGH) < 0 ? quarter : ENOUGH;
    Duration interrupt = step.dividedBy(5);
    Duration drain = left.minus(step.multipliedBy(2)).minus(interrupt);
    return new Budget(stop.announce(), drain, step, interrupt, step, RESERVE);
  }

  /// The same for a process that is short of memory: what runs holds it and is cancelled soon, and
  /// what comes then may be slow.
  public Budget inHurry() {
    Duration brief = drain.compareTo(BRIEF) < 0 ? drain : BRIEF;
    Duration rest = announce.plus(grace()).minus(brief);
    return new Budget(Duration.ZERO, brief, rest, interrupt, postgres, reserve);
  }

  /// How long the HTTP server lets requests run before it interrupts them: an interrupt inside a
  /// statement would cut its connection, so the cancelling comes first.
  public Duration grace() {
    return drain.plus(database);
  }

  /// What the steps may take.
  public Duration steps() {
    return announce.plus(grace()).plus(interrupt).plus(postgres);
  }

  /// The whole of it: when it is over the process ends, wherever the stop has got to.
  public Duration total() {
    return steps().plus(reserve);
  }
}
