// expect: configuration is app
package showfloor.evil;

final class ReadsThePassword {
  String password() {
    return System.getenv("DATABASE_URL");
  }
}
