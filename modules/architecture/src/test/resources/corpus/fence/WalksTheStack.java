// expect: java.lang.StackWalker: no reflection
package showfloor.evil;

final class WalksTheStack {
  Object caller =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
}
