// expect: java.lang.Thread.<init>: threads are the runtime's
package showfloor.evil;

final class IsAThread extends Thread {
  @Override
  public void run() {}
}
