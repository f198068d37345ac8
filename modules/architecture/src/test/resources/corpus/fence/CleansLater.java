// expect: java.lang.ref.Cleaner: threads are the runtime's
package showfloor.evil;

final class CleansLater {
  Object cleaner = java.lang.ref.Cleaner.create();
}
