// expect: java.lang.foreign.Linker: no module brings code of another kind
package showfloor.evil;

final class CallsForeignCode {
  Object linker = java.lang.foreign.Linker.nativeLinker();
}
