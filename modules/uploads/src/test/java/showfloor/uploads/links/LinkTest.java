package showfloor.uploads.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.uploads.Calls;

/// Links: for whoever has them, for a while, on each server, and for nothing else.
class LinkTest {
  private static final TestServer SERVER = Calls.server();

  private final TestClient acme = SERVER.newCompany();
  private final TestClient anyone = SERVER.client();
  private final byte[] bytes = Calls.jpeg(600_000, 1);
  private final String photo = Calls.photo(acme, Calls.dealer(acme), bytes);
  private final String id = photo.substring(photo.lastIndexOf('/') + 1);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private JsonNode link() {
    return acme.post("/api/uploads/" + id + "/url", "{}").expect(200).json();
  }

  @Test
  void aLinkShowsTheFileToWhoeverHasItOnEachServer() {
    JsonNode link = link();
    String url = link.path("url").asText();
    Instant expires = Instant.parse(link.path("expiresAt").asText());
    assertThat(Duration.between(Instant.now(), expires))
        .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
    assertThat(anyone.get(url).expect(200).bytes()).isEqualTo(bytes);
    anyone.get(url, "Range", "bytes=300000-300009").expect(206);
    anyone.get(url + "?size=128").expect(200);
    try (TestServer other = Calls.server()) {
      Reply there = other.client().get(url).expect(200);
      assertThat(there.bytes()).isEqualTo(bytes);
      other.client().get(url, "If-None-Match", there.header("ETag").orElseThrow()).expect(304);
    }
    acme.delete(photo).expect(200);
    anyone.get(url).expect(404);
  }

  @Test
  void aRecordingHasLinksToo() {
    byte[] sound = Calls.webm(2_000);
    String recording =
        Calls.send(
                acme,
                "/api/uploads/recording/" + Calls.dealer(acme),
                Calls.form(Calls.file("recording", "a.webm", sound)))
            .expect(201)
            .json()
            .path("id")
            .asText();
    String url = acme.post("/api/uploads/" + recording + "/url", "{}").json().path("url").asText();
    assertThat(anyone.get(url).expect(200).bytes()).isEqualTo(sound);
  }

  /// Whatever is wrong with it, the answer is the same, and costs no statement.
  @Test
  void aLinkThatWasChangedIsNone() {
    String url = link().path("url").asText();
    String path = url.substring(0, url.lastIndexOf('/') + 1);
    byte[] token = Base64.getUrlDecoder().decode(url.substring(path.length()));
    List<String> wrong = new ArrayList<>(List.of("x", "%20", "a".repeat(96), "a".repeat(5_000)));
    for (int i = 0; i < token.length; i += 3) {
      byte[] changed = token.clone();
      changed[i] ^= 1;
      wrong.add(Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
    }
    String known = Calls.shape(anyone.get("/api/uploads/photo/none/x"));
    assertThat(
            SERVER.statementsOf(
                () ->
                    wrong.forEach(
                        text ->
                            assertThat(Calls.shape(anyone.get(path + text).expect(404)))
                                .isEqualTo(known))))
        .isZero();
  }

  @Test
  void aLinkEndsWithItsTime() {
    UUID company = Calls.company(acme);
    Instant[] now = {Instant.parse("2026-11-27T10:00:00Z")};
    Links links = new Links(SERVER.database(), () -> now[0]);
    SERVER.in(
        company,
        () -> {
          Links.Target target = new Links.Target(company, UUID.fromString(id));
          String token = links.sign(target, links.expiry());
          assertThat(links.check(token)).hasValue(target);
          now[0] = now[0].plus(Links.LIFE).minusSeconds(1);
          assertThat(links.check(token)).hasValue(target);
          now[0] = now[0].plusSeconds(1);
          assertThat(links.check(token)).isEmpty();
          String expired = links.sign(target, now[0].minusSeconds(1));
          anyone.get("/api/uploads/links/" + expired).expect(404);
          return true;
        });
  }
}
