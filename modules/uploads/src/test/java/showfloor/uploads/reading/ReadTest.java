package showfloor.uploads.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.uploads.Calls.jpeg;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.uploads.Calls;
import showfloor.uploads.files.FileBytes;

/// What was sent comes back, whole and in parts, from any server of the database.
class ReadTest {
  private static final TestServer SERVER = Calls.server();
  private static final int PIECE = FileBytes.PIECE;

  private final TestClient acme = SERVER.newCompany();
  private final String dealer = Calls.dealer(acme);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void theBytesAreTheSameHoweverManyThereAre() {
    for (int size : new int[] {4, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5}) {
      byte[] bytes = jpeg(size, size);
      Reply read = acme.get(Calls.photo(acme, dealer, bytes)).expect(200);
      assertThat(read.bytes()).isEqualTo(bytes);
      assertThat(read.contentType()).isEqualTo("image/jpeg");
      assertThat(read.header("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(read.header("Content-Security-Policy").orElseThrow()).contains("'none'");
      assertThat(read.header("Cache-Control")).hasValue("private, no-cache");
    }
  }

  @Test
  void theNextProcessAndTheReplicaReadTheSame() {
    byte[] bytes = jpeg(2 * PIECE + 77, 3);
    String photo = Calls.photo(acme, dealer, bytes);
    String tag = acme.head(photo).header("ETag").orElseThrow();
    for (int i = 0; i < 2; i++) {
      try (TestServer other = Calls.server()) {
        TestClient there = other.client().withToken(acme.token());
        assertThat(there.get(photo).expect(200).bytes()).isEqualTo(bytes);
        there.get(photo, "If-None-Match", tag).expect(304);
      }
    }
  }

  @Test
  void rangesAreThoseOfRfc9110() {
    byte[] bytes = jpeg(PIECE + 1_000, 4);
    int size = bytes.length;
    String photo = Calls.photo(acme, dealer, bytes);
    Map<String, int[]> parts =
        Map.of(
            "bytes=0-",
            new int[] {0, size},
            "bytes=0-0",
            new int[] {0, 1},
            "bytes=" + (size - 1) + "-",
            new int[] {size - 1, size},
            "bytes=" + (PIECE - 1) + "-" + PIECE,
            new int[] {PIECE - 1, PIECE + 1},
            "bytes=" + PIECE + "-" + PIECE,
            new int[] {PIECE, PIECE + 1},
            "bytes=100-999999999999999999",
            new int[] {100, size},
            "bytes=-1",
            new int[] {size - 1, size},
            "bytes=-999999999",
            new int[] {0, size},
            " Bytes=5-9 ",
            new int[] {5, 10});
    parts.forEach(
        (range, part) -> {
          Reply reply = acme.get(photo, "Range", range).expect(206);
          assertThat(reply.bytes()).isEqualTo(Arrays.copyOfRange(bytes, part[0], part[1]));
          assertThat(reply.header("Content-Range"))
              .hasValue("bytes %d-%d/%d".formatted(part[0], part[1] - 1, size));
        });
    for (String range : new String[] {"bytes=" + size + "-", "bytes=-0", "bytes=999999999-"}) {
      Reply refused = acme.get(photo, "Range", range).expect(416);
      assertThat(refused.header("Content-Range")).hasValue("bytes */" + size);
    }
    for (String range :
        new String[] {
          "bytes=9-5",
          "bytes=0-1,5-6",
          "bytes=-",
          "lines=1-2",
          "bytes=a-b",
          "bytes=1-2-3",
          "bytes",
          "bytes=0-99999999999999999999",
          "bytes=1 - 2"
        }) {
      assertThat(acme.get(photo, "Range", range).expect(200).bytes()).as(range).isEqualTo(bytes);
    }
  }

  @Test
  void aRangeOfAnotherVersionIsTheWholeFile() {
    byte[] bytes = jpeg(1_000, 5);
    String photo = Calls.photo(acme, dealer, bytes);
    String tag = acme.head(photo).header("ETag").orElseThrow();
    acme.get(photo, "Range", "bytes=0-9", "If-Range", tag).expect(206);
    acme.get(photo, "Range", "bytes=0-9", "If-Range", "W/" + tag).expect(200);
    acme.get(photo, "Range", "bytes=0-9", "If-Range", "\"12\"").expect(200);
    acme.get(photo, "Range", "bytes=0-9", "If-None-Match", tag).expect(304);
    assertThat(acme.head(photo, "Range", "bytes=0-9").status()).isEqualTo(200);
  }

  @Test
  void whoReadsHoldsNoConnectionAndSeesWhenTheFileGoes() {
    String photo = Calls.photo(acme, dealer, jpeg(3 * PIECE, 6));
    assertThat(SERVER.statementsOf(() -> acme.get(photo))).isEqualTo(4);
    assertThat(SERVER.statementsOf(() -> acme.get(photo, "Range", "bytes=5-9"))).isEqualTo(2);
    assertThat(SERVER.leasesHeld()).isZero();
  }
}
