// expect: showfloor.evil requires showfloor.embeddedpostgres, which is not among what a domain may require
// descriptor: requires showfloor.embeddedpostgres;
package showfloor.evil;

final class RequiresTheServer {
  showfloor.embeddedpostgres.Endpoint kept;
}
