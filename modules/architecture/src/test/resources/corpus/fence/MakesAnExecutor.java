// expect: threads are the runtime
package showfloor.evil;

final class MakesAnExecutor {
  Object pool = java.util.concurrent.Executors.newCachedThreadPool();
}
