// expect: java.util.Timer: threads are the runtime's
package showfloor.evil;

final class SetsATimer {
  Object timer = new java.util.Timer(true);
}
