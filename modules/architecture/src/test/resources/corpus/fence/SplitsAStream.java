// expect: java.util.stream.StreamSupport: threads are the runtime's
package showfloor.evil;

final class SplitsAStream {
  Object all(java.util.Spliterator<Runnable> work) {
    return java.util.stream.StreamSupport.stream(work, true);
  }
}
