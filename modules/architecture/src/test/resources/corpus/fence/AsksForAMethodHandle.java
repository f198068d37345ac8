// expect: java.lang.invoke.MethodHandles.lookup: no reflection
package showfloor.evil;

final class AsksForAMethodHandle {
  Object handle() throws Exception {
    return java.lang.invoke.MethodHandles.lookup()
        .findStatic(
            Object.class, "leases", java.lang.invoke.MethodType.methodType(Object.class));
  }
}
