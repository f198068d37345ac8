package showfloor.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// Every fault of the network and the server, at every phase of a lease, in every use of it.
@Proof(
    id = "P5",
    what =
        "13 faults x 9 phases of a lease x 5 uses: the slot is usable 1 s after the deadline (where no"
            + " connection can be opened, once its login is given up), no session is left over, what"
            + " is reported done is there, what is reported undone is not")
class P05FaultMatrixTest {
  private static final int LANES = 4;

  private record Numbered(int number, Cell cell) {}

  @Test
  void everyCellEndsWell(Trials trials) throws Exception {
    List<Cell> all = Cell.all();
    List<Cell> possible = all.stream().filter(Cell::canOccur).toList();
    Queue<Numbered> cells = new ConcurrentLinkedQueue<>(chosen(possible));
    trials.note(
        "%d cells, of which %d can't occur; %d tried, seed %d"
            .formatted(all.size(), all.size() - possible.size(), cells.size(), Size.SEED));
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < Math.min(LANES, cells.size()); i++) {
      lanes.add(Thread.ofPlatform().start(() -> drive(cells, trials)));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    trials.assertKept();
  }

  private static List<Numbered> chosen(List<Cell> possible) {
    List<Cell> chosen = new ArrayList<>();
    for (int i = 0; i < Size.FAULT_ROUNDS; i++) {
      chosen.addAll(possible);
    }
    Collections.shuffle(chosen, new Random(Size.SEED));
    int wanted = Size.FAULT_CELLS == 0 ? chosen.size() : Math.min(Size.FAULT_CELLS, chosen.size());
    List<Numbered> numbered = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      numbered.add(new Numbered(i + 1, chosen.get(i)));
    }
    return numbered;
  }

  private static void drive(Queue<Numbered> cells, Trials trials) {
    try (Lane lane = new Lane()) {
      for (Numbered next = cells.poll(); next != null; next = cells.poll()) {
        Cell cell = next.cell();
        trials.one(
            next.number(),
            (number, random) -> {
              List<String> broken = new Struck(lane, cell, random, trials).broken();
              if (!broken.isEmpty()) {
                throw new AssertionError(cell + ": " + String.join("; ", broken));
              }
            });
      }
      int left = lane.end();
      if (left != 0) {
        trials.violated(left + " sessions left after the pool was closed");
      }
    } catch (RuntimeException e) {
      trials.violated("a lane ended: " + e);
    }
  }
}
