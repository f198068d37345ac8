// expect: java.util.concurrent.ThreadPoolExecutor: threads are the runtime's
package showfloor.evil;

final class MakesAPool {
  Object pool =
      new java.util.concurrent.ThreadPoolExecutor(
          1, 1, 1, java.util.concurrent.TimeUnit.DAYS, null);
}
