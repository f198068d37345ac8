package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.app.reports.Archive;
import showfloor.testing.Reply;

/// Whatever a request can name, at each place of each route: what is another company's is answered
/// as what never was, and stays as it is.
class StrangersTest {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

  private static Everything everything;
  private static List<Named> places = List.of();

  @BeforeAll
  static void start() {
    everything = Everything.start();
    Described api = new Described(everything.server().client().get("/openapi").expect(200).json());
    places =
        everything.server().routes().stream()
            .flatMap(route -> Named.in(api, api.operation(route)).stream())
            .toList();
  }

  @AfterAll
  static void stop() {
    everything.close();
  }

  private static Belongings company() {
    return Belongings.of(everything.server().client());
  }

  /// Otherwise the test below would see no difference where there is one.
  @Test
  void atEachPlaceTheOwnersThingMakesADifference() {
    Belongings acme = company();
    for (Named place : places) {
      Belongings owner = place.deletes() ? acme.again() : acme;
      assertThat(text(place.ask(owner, owner.id(place.kind()))))
          .as("%s", place)
          .isNotEqualTo(text(place.ask(owner, UUID.randomUUID().toString())));
    }
  }

  @Test
  void whatIsAnotherCompanysIsAnsweredAsWhatNeverWas() throws Exception {
    Belongings acme = company();
    Belongings bolt = company();
    Map<String, String> before = kept(acme);
    assertThat(places).hasSizeGreaterThan(80);
    for (Named place : places) {
      Reply never = place.ask(bolt, UUID.randomUUID().toString());
      Reply foreign = place.ask(bolt, acme.id(place.kind()));
      assertThat(text(foreign)).as("%s", place).isEqualTo(text(never));
      assertThat(foreign.status()).isLessThan(500);
    }
    assertThat(kept(acme)).isEqualTo(before);
  }

  /// The whole answer but for what each request has of its own.
  private static String text(Reply reply) {
    Map<String, List<String>> headers = new TreeMap<>(reply.headers());
    List.of("date", "x-request-id", "ratelimit").forEach(headers::remove);
    String requestId = reply.header("X-Request-Id").orElseThrow();
    String all = "%d %s%n%s".formatted(reply.status(), headers, reply.text());
    all = all.replace(requestId, "<request>");
    return MOMENT.matcher(ID.matcher(all).replaceAll("<id>")).replaceAll("<moment>");
  }

  /// What a company would miss.
  private static Map<String, String> kept(Belongings owner) throws IOException {
    Map<String, String> entries = Archive.of(owner.company()).entries();
    List.of("manifest.json", "SHA256SUMS").forEach(entries::remove);
    for (String path : List.of("/api/auth/users", "/api/auth/me", "/api/subscriptions/status")) {
      entries.put(path, owner.company().client().get(path).expect(200).text());
    }
    return entries;
  }
}
