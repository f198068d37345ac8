package showfloor.proof;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// What a visitor may do, and how often compared with the rest.
enum Deed {
  CAPTURE(12),
  CAPTURE_WITH_PHOTO(4),
  ADD_DEALER(4),
  IMPORT(2),
  LIST(8),
  SEARCH(4),
  READ(8),
  NOTE(4),
  RATE(4),
  MATCH(4),
  PLAN(4),
  FINISH(4),
  LIST_OVERDUE(4),
  LIST_PLANS(3),
  OPEN_SHOW(4),
  MEET(4),
  REPORT(4),
  EXPORT_SHOW(2),
  DASHBOARD(8),
  RECORD(4),
  LISTEN(4),
  PHOTOGRAPH(2),
  LINK(3),
  FOLLOW_LINK(0), // behind each LINK
  ASK_WHO(4),
  SIGN_IN(1),
  EXPORT_ALL(1);

  private static final List<Deed> OFTEN =
      Arrays.stream(values())
          .flatMap(deed -> Stream.generate(() -> deed).limit(deed.weight))
          .toList();

  private final int weight;

  Deed(int weight) {
    this.weight = weight;
  }

  static Deed any(Random random) {
    return OFTEN.get(random.nextInt(OFTEN.size()));
  }
}
