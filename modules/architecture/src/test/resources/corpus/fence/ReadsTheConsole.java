// expect: java.lang.System.in: configuration is app's
package showfloor.evil;

final class ReadsTheConsole {
  Object read() throws Exception {
    return System.in.read();
  }
}
