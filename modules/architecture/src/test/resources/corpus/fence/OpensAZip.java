// expect: java.util.zip.ZipFile: no files
package showfloor.evil;

final class OpensAZip {
  Object open() throws Exception {
    return new java.util.zip.ZipFile("lib/postgresql.jar");
  }
}
