package showfloor.testing.faults;

/// When a fault strikes: as a message passes on a link, counted from the arming, for each link by
/// itself.
///
/// @param nth 1: the first such message
/// @param after the message has passed; else it is the one that is struck
public record Moment(Message message, int nth, boolean after, Reach reach) {

  /// Which links count.
  public enum Reach {
    ANY,
    /// Those over which a session was up when the fault was armed.
    OPEN,
    /// Those that were taken later.
    NEW
  }

  /// As the first `message` passes.
  public static Moment at(Message message) {
    return new Moment(message, 1, false, Reach.ANY);
  }

  /// Once the first `message` has passed.
  public static Moment after(Message message) {
    return new Moment(message, 1, true, Reach.ANY);
  }

  /// The same at the `count`th such message.
  public Moment nth(int count) {
    return new Moment(message, count, after, reach);
  }

  /// The same over sessions that are up already.
  public Moment onOpenLinks() {
    return new Moment(message, nth, after, Reach.OPEN);
  }

  /// The same over connections that are still to come.
  public Moment onNewLinks() {
    return new Moment(message, nth, after, Reach.NEW);
  }
}
