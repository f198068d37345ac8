// expect: showfloor.evil requires io.helidon.dbclient: only showfloor.dbapi
// descriptor: requires io.helidon.dbclient;
package showfloor.evil;

final class RequiresDbClient {
  io.helidon.dbclient.DbClient kept;
}
