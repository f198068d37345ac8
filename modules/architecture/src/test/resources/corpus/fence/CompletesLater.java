// expect: java.util.concurrent.CompletableFuture: threads are the runtime's
package showfloor.evil;

final class CompletesLater {
  Object later(Runnable work) {
    return java.util.concurrent.CompletableFuture.runAsync(work);
  }
}
