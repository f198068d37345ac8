// expect: parallelSort: threads are the runtime's
package showfloor.evil;

final class SortsInParallel {
  void sort(long[] values) {
    java.util.Arrays.parallelSort(values);
  }
}
