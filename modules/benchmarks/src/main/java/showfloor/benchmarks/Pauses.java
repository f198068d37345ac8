package showfloor.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sql;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;

/// A statement that takes a known time, as a domain would declare one.
final class Pauses implements Domain {
  private static final Sql PAUSE =
      Sql.of("benchmarks.pause", "select benchmarks.pause(:seconds) as waited");

  /// What [#PAUSE] becomes on its way to the server, for those who send it without us.
  static final String COMPOSITE =
      """
      select set_config('role', 'showfloor_benchmarks', true), \
      set_config('app.company_id', ?, true), set_config('app.actor', ?, true), \
      set_config('statement_timeout', ?, true), set_config('application_name', ?, true); \
      /* benchmarks.pause */ select benchmarks.pause(?) as waited\
      """;

  private static final String MIGRATION =
      """
      create function benchmarks.pause(seconds double precision) returns int
      language plpgsql set search_path = pg_catalog as $$
      begin
        perform pg_sleep(seconds) where seconds > 0;
        return 1;
      end $$;
      grant execute on function benchmarks.pause(double precision) to ${role};
      """;

  /// One lease, one statement that takes `seconds`.
  static int pause(Database database, double seconds) {
    return database.one(PAUSE.with("seconds", seconds), row -> row.integer("waited"));
  }

  @Override
  public String name() {
    return "benchmarks";
  }

  @Override
  public Schema schema() {
    return new Schema(
        name(), List.of(new Schema.Migration(1, "V1__pause.sql", MIGRATION)), java.util.Map.of());
  }

  @Override
  public void routes(Routes routes) {
    // It is called in this process, past HTTP.
  }

  @Override
  public InputStream openapi() {
    return new ByteArrayInputStream("paths: {}".getBytes(StandardCharsets.UTF_8));
  }
}
