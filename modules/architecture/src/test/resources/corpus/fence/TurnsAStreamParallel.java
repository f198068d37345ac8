// expect: parallel: threads are the runtime's
package showfloor.evil;

final class TurnsAStreamParallel {
  Object all(java.util.stream.Stream<Runnable> work) {
    return work.parallel();
  }
}
