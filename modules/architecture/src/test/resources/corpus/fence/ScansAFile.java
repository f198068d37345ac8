// expect: java.util.Scanner: no files
package showfloor.evil;

final class ScansAFile {
  Object scan(java.nio.file.Path file) throws Exception {
    return new java.util.Scanner(file);
  }
}
