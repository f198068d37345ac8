// expect: package java.sql is not visible
// descriptor: provides java.sql.Driver with showfloor.evil.ProvidesADriver;
package showfloor.evil;

final class ProvidesADriver {}
