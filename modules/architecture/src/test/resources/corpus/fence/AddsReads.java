// expect: java.lang.Module.addReads: no module loads classes
package showfloor.evil;

final class AddsReads {
  void read(Object db) {
    AddsReads.class.getModule().addReads(db.getClass().getModule());
  }
}
