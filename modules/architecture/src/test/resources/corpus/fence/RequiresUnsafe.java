// expect: showfloor.evil requires jdk.unsupported, which is not among what a domain may require
// descriptor: requires jdk.unsupported;
package showfloor.evil;

final class RequiresUnsafe {
  sun.misc.Unsafe kept;
}
