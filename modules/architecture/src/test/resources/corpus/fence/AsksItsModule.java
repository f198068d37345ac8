// expect: java.lang.Module.getLayer: no module loads classes
package showfloor.evil;

final class AsksItsModule {
  Object layer = AsksItsModule.class.getModule().getLayer();
}
