// expect: java.nio.channels.AsynchronousFileChannel: no files
package showfloor.evil;

final class WritesAFileLater {
  void write(java.nio.channels.AsynchronousFileChannel file) throws Exception {
    file.write(java.nio.ByteBuffer.allocate(1), 0).get();
  }
}
