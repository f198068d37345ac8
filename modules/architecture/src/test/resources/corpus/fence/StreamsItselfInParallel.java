// expect: parallelStream: threads are the runtime's
package showfloor.evil;

final class StreamsItselfInParallel extends java.util.ArrayList<Runnable> {
  private static final long serialVersionUID = 1L;

  void all() {
    new StreamsItselfInParallel().parallelStream().forEach(Runnable::run);
  }
}
