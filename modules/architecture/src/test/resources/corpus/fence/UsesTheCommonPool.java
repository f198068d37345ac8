// expect: java.util.concurrent.ForkJoinPool: threads are the runtime's
package showfloor.evil;

final class UsesTheCommonPool {
  Object pool = java.util.concurrent.ForkJoinPool.commonPool();
}
