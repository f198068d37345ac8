// expect: java.util.concurrent.ScheduledThreadPoolExecutor: threads are the runtime's
package showfloor.evil;

final class Schedules {
  Object pool = new java.util.concurrent.ScheduledThreadPoolExecutor(1);
}
