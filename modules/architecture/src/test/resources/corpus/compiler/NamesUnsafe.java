// expect: package sun.misc is not visible
package showfloor.evil;

final class NamesUnsafe {
  sun.misc.Unsafe kept;
}
