package showfloor.uploads.files;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.uploads.Calls.file;
import static showfloor.uploads.Calls.form;
import static showfloor.uploads.Calls.rows;
import static showfloor.uploads.Calls.send;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.uploads.Calls;

/// Recordings as recorders write them, by the bytes that they begin with.
class RecordingTypesTest {
  private static final TestServer SERVER = Calls.server();
  private static final HexFormat HEX = HexFormat.of();

  private final TestClient acme = SERVER.newCompany();
  private final String path = "/api/uploads/recording/" + Calls.dealer(acme);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WebM of Chrome            | audio/webm | webm | 1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff
          WebM of Firefox           | audio/webm | webm | 1a45dfa3010000000000001f4286810142f7810142f2810442f381084282847765626d428781044285810218538067
          Ogg with Opus             | audio/ogg  | ogg  | 4f67675300020000000000000000d2ae4e1a00000000e3a8f7d101134f707573486561640101380180bb0000000000
          Ogg with Vorbis           | audio/ogg  | ogg  | 4f67675300020000000000000000a1b2c3d4000000005a1f3b77011e01766f72626973000000000144ac0000000000
          M4A of an iPhone          | audio/mp4  | m4a  | 0000001c667479704d344120000000004d3441206d70343269736f6d0000000866726565
          MPEG-4 of an Android      | audio/mp4  | m4a  | 00000018667479706d703432000000006d70343269736f6d000000086d646174
          MPEG-4 of Safari, in parts | audio/mp4 | m4a  | 0000001c6674797069736f350000000069736f3569736f366d7034310000026d6d6f6f76
          MP3 behind ID3 2.3        | audio/mpeg | mp3  | 4944330300000000002354535345000000090000004c61766635382e3239fffb9064
          MP3 behind ID3 2.4        | audio/mpeg | mp3  | 49443304000000000023545353450000000f0000034c61766635392e32372e31303000
          MP3, MPEG 1, 128 kbit     | audio/mpeg | mp3  | fffb9064000ff0000069000000080000
          MP3, MPEG 1, with a CRC   | audio/mpeg | mp3  | fffa9264b5c20ff0000069000000080000
          MP3, MPEG 2, 64 kbit      | audio/mpeg | mp3  | fff384c40000000348000000004c414d45
          MP3, MPEG 2.5             | audio/mpeg | mp3  | ffe318c40000000348000000004c414d45
          WAV                       | audio/wav  | wav  | 524946462440000057415645666d7420100000000100010044ac00008858010002001000646174610040000000000000
          """)
  void whatARecorderWritesIsTaken(String what, String type, String extension, String head) {
    byte[] bytes = recording(head);
    JsonNode kept = send(acme, path, form(file("recording", "voice", bytes))).expect(201).json();
    assertThat(kept.path("mimeType").asText()).as(what).isEqualTo(type);
    assertThat(kept.path("filename").asText()).endsWith("." + extension);
    Reply read = acme.get(kept.path("url").asText()).expect(200);
    assertThat(read.contentType()).isEqualTo(type);
    assertThat(read.bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Matroska             | 1a45dfa3a34286810142f7810142f2810442f381084282886d6174726f736b614287810442858102
          QuickTime            | 00000014667479707174202020050300717420200000000877696465
          HEIC                 | 000000186674797068656963000000006d69663168656963
          AVI                  | 5249464624400000415649204c495354
          FLAC                 | 664c614300000022
          AAC in ADTS          | fff15080045ffc21
          MPEG audio, layer II | fffd9004
          a bit rate of 15     | fffbf064
          a sample rate of 3   | fffb9c64
          a frame's beginning  | fffb90
          half a head          | 4f6767
          """)
  void whatIsNoRecordingIsNot(String what, String head) {
    byte[] bytes = HEX.parseHex(head);
    Reply refused = send(acme, path, form(file("recording", "a.mp3", bytes))).expect(415);
    assertThat(refused.json().path("detail").asText())
        .as(what)
        .contains("WebM, Ogg, M4A, MP3 or WAV");
    assertThat(rows(acme)).isZero();
  }

  /// What is longer than a piece is told by its first one.
  @Test
  void aLongRecordingIsToldByItsHead() {
    byte[] bytes = Arrays.copyOf(HEX.parseHex("fffb9064"), 600_000);
    JsonNode kept = send(acme, path, form(file("recording", "a", bytes))).expect(201).json();
    assertThat(kept.path("mimeType").asText()).isEqualTo("audio/mpeg");
    assertThat(rows(acme, "chunks")).isEqualTo(3);
  }

  /// Silence behind the head.
  private static byte[] recording(String head) {
    byte[] begin = HEX.parseHex(head);
    return Arrays.copyOf(begin, begin.length + 2_000);
  }
}
