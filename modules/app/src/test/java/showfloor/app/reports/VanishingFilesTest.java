package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.app.Running;

/// Files that are deleted while an archive is made take nothing along but themselves.
class VanishingFilesTest {
  /// More than what is on its way to a client that does not read.
  private static final byte[] LARGE = Arrays.copyOf(Company.SOUND, 24 << 20);

  private static final int PIECE = 256 << 10;

  private static Running server;

  @BeforeAll
  static void start() throws Exception {
    server = Running.start("LIMITS_BURST", "100000", "MAX_FILE_SIZE", "32MB");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// The client stops reading in the middle of the first of four.
  @Test
  void whatIsDeletedMeanwhileIsLeftOutOrCutOffAndTheRestComesBack() throws Exception {
    Company acme = Company.in(server);
    String barton = acme.dealer("Barton");
    String corfield = acme.dealer("Corfield");
    String first = acme.file("recording", barton, LARGE).expect(201).json().path("id").asText();
    String deleted = acme.recording(barton);
    String ofCorfield = acme.recording(corfield);
    String last = acme.recording(barton);
    byte[] bytes;
    try (InputStream in = export(acme)) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      readUntil("files/%s/".formatted(first), in, read);
      read.write(in.readNBytes(PIECE));
      // First those that are to come: once the one that is on its way ends, they are looked for.
      acme.client().delete("/api/uploads/recording/" + deleted).expect(200);
      acme.client().delete("/api/dealers/" + corfield).expect(200);
      acme.client().delete("/api/uploads/recording/" + first).expect(200);
      in.transferTo(read);
      bytes = read.toByteArray();
    }
    Archive archive = Archive.read(bytes);
    assertThat(archive.text(wav(first)).length()).isBetween(PIECE, LARGE.length - 1);
    assertThat(archive.text(wav(last)).length()).isEqualTo(Company.SOUND.length);
    assertThat(archive.entries().keySet())
        .as("left out whole")
        .noneMatch(name -> name.contains(deleted) || name.contains(ofCorfield));
    Company heir = Company.in(server);
    JsonNode files = Archive.restore(heir, bytes).expect(200).json().path("files");
    assertThat(files.path("read").asInt()).isEqualTo(2);
    assertThat(files.path("written").asInt()).isEqualTo(1);
    assertThat(heir.client().get("/api/uploads/recording/" + last).expect(200).bytes())
        .isEqualTo(Company.SOUND);
    heir.client().get("/api/uploads/recording/" + first).expect(404);
  }

  private static String wav(String file) {
    return "files/%1$s/%1$s.wav".formatted(file);
  }

  private static InputStream export(Company company) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(company.client().server().resolve("/api/reports/export/all"))
            .header("Authorization", "Bearer " + company.client().token())
            .build();
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static void readUntil(String name, InputStream in, ByteArrayOutputStream read)
      throws IOException {
    while (!read.toString(StandardCharsets.ISO_8859_1).contains(name)) {
      byte[] some = in.readNBytes(1_000);
      assertThat(some).as("the archive before " + name).isNotEmpty();
      read.write(some);
    }
  }
}
