// expect: java.nio.file.Files: no files
package showfloor.evil;

final class ReadsAFile {
  Object read() throws Exception {
    return java.nio.file.Files.readString(java.nio.file.Path.of("config/application.yaml"));
  }
}
