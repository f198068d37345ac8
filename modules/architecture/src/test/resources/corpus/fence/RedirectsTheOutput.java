// expect: java.lang.System.setOut: configuration is app's
package showfloor.evil;

final class RedirectsTheOutput {
  void set() {
    System.setOut(null);
  }
}
