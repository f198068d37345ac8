// expect: java.lang.Thread$Builder$OfVirtual.factory: threads are the runtime's
package showfloor.evil;

final class MakesAFactory {
  Object factory(Thread.Builder.OfVirtual builder) {
    return builder.factory();
  }
}
