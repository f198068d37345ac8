// expect: java.io.FileInputStream: no files
package showfloor.evil;

final class OpensAFileStream {
  Object open() throws Exception {
    return new java.io.FileInputStream("/etc/passwd");
  }
}
