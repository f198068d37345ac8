// expect: parallelStream: threads are the runtime's
package showfloor.evil;

final class StreamsInParallel {
  void all(java.util.List<Runnable> work) {
    work.parallelStream().forEach(Runnable::run);
  }
}
