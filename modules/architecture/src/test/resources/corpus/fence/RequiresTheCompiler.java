// expect: showfloor.evil requires java.compiler, which is not among what a domain may require
// descriptor: requires java.compiler;
package showfloor.evil;

final class RequiresTheCompiler {
  Object compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
}
