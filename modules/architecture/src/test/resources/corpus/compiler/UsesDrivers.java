// expect: package java.sql is not visible
// descriptor: uses java.sql.Driver;
package showfloor.evil;

final class UsesDrivers {}
