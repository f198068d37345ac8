// expect: showfloor.evil requires java.instrument, which is not among what a domain may require
// descriptor: requires java.instrument;
package showfloor.evil;

final class RequiresAgents {
  java.lang.instrument.Instrumentation kept;
}
