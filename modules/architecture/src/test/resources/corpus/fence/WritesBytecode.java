// expect: java.lang.classfile.ClassFile: no module brings code of another kind
package showfloor.evil;

final class WritesBytecode {
  Object bytes = java.lang.classfile.ClassFile.of();
}
