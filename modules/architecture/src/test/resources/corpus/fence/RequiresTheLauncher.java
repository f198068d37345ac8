// expect: showfloor.evil requires showfloor.app, which is not among what a domain may require
// descriptor: requires showfloor.app;
package showfloor.evil;

final class RequiresTheLauncher {

}
