// expect: nothing sleeps
package showfloor.evil;

final class Sleeps {
  void sleep() throws Exception {
    Thread.sleep(10);
  }
}
