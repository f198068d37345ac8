// expect: java.util.concurrent.ConcurrentHashMap.search: threads are the runtime's
package showfloor.evil;

final class SearchesInParallel {
  Object found(java.util.concurrent.ConcurrentHashMap<String, Runnable> all) {
    return all.search(1, (key, work) -> work);
  }
}
