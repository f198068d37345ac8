// expect: java.io.RandomAccessFile: no files
package showfloor.evil;

final class ReadsAtRandom {
  Object open() throws Exception {
    return new java.io.RandomAccessFile("data", "rw");
  }
}
