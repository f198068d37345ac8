// expect: has the text 'jdbc:postgresql'
package showfloor.evil;

final class WritesAUrl {
  String url() {
    return "jdbc:postgresql://localhost/db";
  }
}
