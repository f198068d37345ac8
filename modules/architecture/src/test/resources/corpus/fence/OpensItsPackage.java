// expect: showfloor.evil opens packages to reflection
// descriptor: opens showfloor.evil;
package showfloor.evil;

final class OpensItsPackage {}
