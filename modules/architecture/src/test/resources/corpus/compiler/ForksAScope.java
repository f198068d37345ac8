// expect: StructuredTaskScope is a preview API and is disabled by default
package showfloor.evil;

final class ForksAScope {
  Object fork() throws Exception {
    try (var scope = java.util.concurrent.StructuredTaskScope.open()) {
      return scope;
    }
  }
}
