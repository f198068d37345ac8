// expect: showfloor.evil requires java.scripting, which is not among what a domain may require
// descriptor: requires java.scripting;
package showfloor.evil;

final class RequiresScripts {
  Object engines = new javax.script.ScriptEngineManager();
}
