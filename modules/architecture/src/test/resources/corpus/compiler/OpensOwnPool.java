// expect: package com.zaxxer.hikari is not visible
package showfloor.evil;

final class OpensOwnPool {
  Object pool = new com.zaxxer.hikari.HikariDataSource();
}
