// expect: java.lang.InheritableThreadLocal: nothing is kept per thread
package showfloor.evil;

final class InheritsPerThread {
  Object kept = new InheritableThreadLocal<Object>();
}
