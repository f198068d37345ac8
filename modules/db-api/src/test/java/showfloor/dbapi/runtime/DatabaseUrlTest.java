package showfloor.dbapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {
  private final List<String> faults = new ArrayList<>();

  @Test
  void bothFormsMeanTheSame() {
    DatabaseConfig libpq = parse("postgresql://me:p%40ss%2Bw@db.example:5433/show?sslmode=require");
    DatabaseConfig jdbc =
        parse("jdbc:postgresql://db.example:5433/show?user=me&password=p%40ss%2Bw&sslmode=require");
    assertThat(libpq).isEqualTo(jdbc);
    assertThat(libpq.password()).isEqualTo("p@ss+w");
    assertThat(libpq.properties()).containsEntry("sslmode", "require");
    assertThat(faults).isEmpty();
  }

  @Test
  void theTwoPoolParametersAreHonoured() {
    PoolSettings pool = parse("postgres://u:p@h/d?connection_limit=3&pool_timeout=7").pool();
    assertThat(pool.size()).isEqualTo(3);
    assertThat(pool.waitTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(parse("postgres://u:p@h/d").pool()).isEqualTo(PoolSettings.DEFAULT);
    assertThat(faults).isEmpty();
  }

  @Test
  void behindAPoolerNothingIsPreparedOnTheServer() {
    assertThat(parse("postgres://u:p@h/d?pgbouncer=true").properties())
        .containsEntry("prepareThreshold", "0");
    assertThat(parse("postgres://u:p@h/d?pgbouncer=false").properties()).isEmpty();
    assertThat(parse("postgres://u:p@h/d?pgbouncer=true&prepareThreshold=3").properties())
        .containsEntry("prepareThreshold", "3");
    assertThat(faults).isEmpty();
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(parse("postgresql://me:secret@h/d").toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mysql://u:p@h/d                                  | must look like postgresql://
          postgresql://h                                   | must look like postgresql://
          postgresql://h/d                                 | names no user
          postgresql://u:p@h/d?connection_limit=0          | pool size must be 1..100, is 0
          postgresql://u:p@h/d?connection_limit=many       | connection_limit must be a whole number
          postgresql://u:p@h/d?pool_timeout=9999           | wait timeout must be
          postgresql://u:p@h/d?preferQueryMode=simple      | unknown parameters [preferQueryMode]
          postgresql://u:p@h/d?sslmod=require              | unknown parameters [sslmod]
          postgresql://u:p@h/d?pgbouncer=yes               | pgbouncer must be true or false
          postgresql://u:p@h/d?x                           | parameter 1 has no name or no value
          """)
  void aFaultSaysWhatIsAllowed(String url, String fault) {
    parse(url);
    assertThat(faults).singleElement().asString().contains(fault);
  }

  @Test
  void theEndOfAPasswordIsNotShown() {
    parse("postgresql://h/d?user=u&password=ab&secretend");
    assertThat(faults).isNotEmpty();
    assertThat(faults.toString()).contains("%26").doesNotContain("secretend");
  }

  private DatabaseConfig parse(String url) {
    return DatabaseUrl.parse(url, PoolSettings.DEFAULT, faults);
  }
}
