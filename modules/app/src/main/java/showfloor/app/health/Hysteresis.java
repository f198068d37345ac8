package showfloor.app.health;

/// A verdict that does not flap: it turns bad after several bad observations in a row, and good
/// again after several good ones.
///
/// @param good the verdict
/// @param against observations in a row that contradict it
record Hysteresis(boolean good, int against) {
  static final int BAD_IN_A_ROW = 3;
  static final int GOOD_IN_A_ROW = 2;

  static Hysteresis startingGood() {
    return new Hysteresis(true, 0);
  }

  /// The verdict after one more observation.
  Hysteresis observe(boolean goodNow) {
    if (goodNow == good) {
      return new Hysteresis(good, 0);
    }
    int needed = good ? BAD_IN_A_ROW : GOOD_IN_A_ROW;
    return against + 1 >= needed ? new Hysteresis(goodNow, 0) : new Hysteresis(good, against + 1);
  }
}
