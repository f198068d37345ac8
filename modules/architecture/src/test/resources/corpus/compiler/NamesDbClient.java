// expect: package io.helidon.dbclient is not visible
package showfloor.evil;

final class NamesDbClient {
  io.helidon.dbclient.DbClient kept;
}
