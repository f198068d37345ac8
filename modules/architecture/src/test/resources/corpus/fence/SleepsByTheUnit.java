// expect: java.util.concurrent.TimeUnit.sleep: nothing sleeps or waits
package showfloor.evil;

final class SleepsByTheUnit {
  void sleep() throws Exception {
    java.util.concurrent.TimeUnit.SECONDS.sleep(1);
  }
}
