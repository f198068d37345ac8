package showfloor.tradeshows.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.httpapi.Caller;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;
import showfloor.tradeshows.ShowCaptures;

/// What a capture asks of this module, within its own unit of work.
class ShowCapturesTest {
  private static final TestServer SERVER = Calls.server();
  private static final Instant MET = Instant.parse("2026-11-23T10:15:30.123Z");

  private final TestClient acme = SERVER.newCompany();
  private final String show = Calls.show(acme, "Lightfair", "");
  private final String dealer = Calls.dealer(acme, "Lumina");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aCaptureIsLinkedWhenTheDealerWasMet() {
    assertThat(link(acme, show, dealer, MET)).isTrue();
    JsonNode link = acme.get(show).json().at("/dealers/0");
    assertThat(link.path("capturedAt").asText()).isEqualTo("2026-11-23T10:15:30.123Z");
    assertThat(link.path("createdAt").asText()).isNotEqualTo("2026-11-23T10:15:30.123Z");
    assertThat(acme.token()).endsWith("." + link.path("userId").asText());
  }

  @Test
  void aLinkThatIsThereStaysAsItIs() {
    link(acme, show, dealer, MET);
    JsonNode first = acme.get(show).json().path("dealers");
    assertThat(link(acme, show, dealer, MET.plusSeconds(60))).isTrue();
    assertThat(acme.get(show).json().path("dealers")).isEqualTo(first);
  }

  @Test
  void aShowOfAnotherCompanyIsNotThere() {
    TestClient bolt = SERVER.newCompany();
    String theirs = Calls.dealer(bolt, "Theirs");
    assertThat(link(bolt, show, theirs, MET)).isFalse();
    assertThat(link(acme, show.substring(0, show.length() - 12) + "0123456789ab", dealer, MET))
        .isFalse();
    assertThat(acme.get(show).json().path("dealers")).isEmpty();
  }

  private static boolean link(TestClient client, String show, String dealer, Instant at) {
    UUID company = Calls.companyOf(client);
    UUID user = UUID.fromString(client.token().substring(37));
    Caller caller = new Caller(user, company, new UUID(0, 0), "owner");
    UUID showId = UUID.fromString(show.substring(show.lastIndexOf('/') + 1));
    return SERVER.in(
        company,
        () ->
            SERVER
                .database()
                .inTransaction(
                    sql ->
                        new ShowCaptures().link(sql, caller, showId, UUID.fromString(dealer), at)));
  }
}
