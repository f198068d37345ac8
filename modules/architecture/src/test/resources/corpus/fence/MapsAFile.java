// expect: java.nio.channels.FileChannel: no files
package showfloor.evil;

final class MapsAFile {
  Object map(java.nio.channels.FileChannel file) throws Exception {
    return file.map(java.nio.channels.FileChannel.MapMode.READ_ONLY, 0, 1);
  }
}
