// expect: keeps a handle in its field kept
package showfloor.evil;

final class KeepsRowsInAnArray {
  showfloor.dbapi.Row[] kept = new showfloor.dbapi.Row[5];
}
