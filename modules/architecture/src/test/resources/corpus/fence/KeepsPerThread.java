// expect: use a ScopedValue
package showfloor.evil;

final class KeepsPerThread {
  Object kept = new ThreadLocal<Object>();
}
