// expect: package showfloor.dbapi.runtime is not visible
package showfloor.evil;

final class TakesOthersAnswers {
  Object keys = new showfloor.dbapi.runtime.IdempotencyKeys();
}
