// expect: showfloor.evil requires jdk.naming.dns, which is not among what a domain may require
// descriptor: requires jdk.naming.dns;
package showfloor.evil;

final class RequiresDns {

}
