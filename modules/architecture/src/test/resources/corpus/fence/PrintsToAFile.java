// expect: java.io.PrintWriter: no files
package showfloor.evil;

final class PrintsToAFile {
  Object open() throws Exception {
    return new java.io.PrintWriter("kept.txt");
  }
}
