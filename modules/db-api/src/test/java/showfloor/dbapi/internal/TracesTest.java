package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The look at every session after every test finds each kind of trace.
class TracesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          select pg_advisory_lock(17)                              | lock 17
          select set_config('statement_timeout', '77', false)      | setting statement_timeout = 77
          update pg_settings set setting = '77' where name = 'lock_timeout' | setting lock_timeout = 77
          set app.company_id = 'x'                                 | setting app.company_id
          create temp table kept (id int)                          | temporary kept
          listen news                                              | listens news
          declare kept cursor with hold for select 1               | cursor kept
          """)
  void aTraceIsFound(String sql, String trace) throws Exception {
    try (Rig rig = Rig.open(1)) {
      var left =
          rig.leases()
              .lease(
                  Rig.operation(Duration.ofSeconds(5)),
                  lease -> {
                    assertThat(Traces.of(lease)).as("before").isEmpty();
                    new Unprefixed(lease).run(sql);
                    return Traces.of(lease);
                  });
      assertThat(left).contains(trace);
    }
  }
}
