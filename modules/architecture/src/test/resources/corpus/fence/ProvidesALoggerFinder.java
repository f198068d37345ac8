// expect: showfloor.evil uses or provides services
// descriptor: provides java.lang.System.LoggerFinder with showfloor.evil.ProvidesALoggerFinder;
package showfloor.evil;

public final class ProvidesALoggerFinder extends System.LoggerFinder {
  @Override
  public System.Logger getLogger(String name, Module module) {
    return null;
  }
}
