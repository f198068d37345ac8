// expect: cannot find symbol
package showfloor.evil;

final class BeginsByHand {
  void begin(showfloor.dbapi.Database db) {
    db.begin();
  }
}
