// expect: showfloor.evil requires com.zaxxer.hikari: only showfloor.dbapi
// descriptor: requires com.zaxxer.hikari;
package showfloor.evil;

final class RequiresThePool {
  Object pool = new com.zaxxer.hikari.HikariConfig();
}
