/// Speed and memory, measured as ratios inside one run, with the bare platform as the other side.
@org.jspecify.annotations.NullMarked
module showfloor.benchmarks {
  requires static org.jspecify;
  requires com.zaxxer.hikari; // the other side has a pool of its own
  requires io.agroal.api; // and another one
  requires io.agroal.pool; // found by name
  requires io.helidon.webserver;
  requires java.sql;
  requires org.postgresql.jdbc;
  requires showfloor.dealers;
  requires showfloor.testing;
}
