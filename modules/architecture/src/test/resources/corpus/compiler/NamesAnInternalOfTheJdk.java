// expect: package jdk.internal.misc is not visible
package showfloor.evil;

final class NamesAnInternalOfTheJdk {
  Object unsafe = jdk.internal.misc.Unsafe.getUnsafe();
}
