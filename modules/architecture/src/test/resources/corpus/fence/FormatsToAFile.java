// expect: java.util.Formatter: no files
package showfloor.evil;

final class FormatsToAFile {
  Object open() throws Exception {
    return new java.util.Formatter("kept.txt");
  }
}
