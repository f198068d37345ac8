// expect: package java.sql is not visible
package showfloor.evil;

final class AsksDriverManager {
  Object open() throws Exception {
    return java.sql.DriverManager.getConnection("jdbc:postgresql://localhost/db");
  }
}
