// expect: showfloor.evil requires showfloor.testing, which is not among what a domain may require
// descriptor: requires showfloor.testing;
package showfloor.evil;

final class RequiresTheFixtures {
  Object url = showfloor.testing.TestPostgres.url();
}
