// expect: java.util.ResourceBundle: no module loads classes
package showfloor.evil;

final class LoadsABundle {
  Object bundle = java.util.ResourceBundle.getBundle("showfloor.evil.Texts");
}
