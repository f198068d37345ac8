// expect: java.nio.file.FileSystems: no files
package showfloor.evil;

final class WatchesAFolder {
  Object watch() throws Exception {
    return java.nio.file.FileSystems.getDefault().newWatchService();
  }
}
