package showfloor.httpapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.httpapi.Problem;

/// Forms, cut in every place, and what is none.
class FormStreamTest {
  private static final String TYPE = "multipart/form-data; boundary=XX";
  private static final String FIELD = "Content-Disposition: form-data; name=";

  /// Full of what begins as a boundary does.
  private static final String NEARLY = "\r\n--X\r\n--\r\r\n--\n--XX\r--XX\r\n\r\n--Y\r\r\n--X";

  /// The same three parts, as clients write them.
  private static final List<String> FORMS =
      List.of(
          parts("--XX\r\n", "\r\n--XX\r\n", "\r\n\r\n") + "\r\n--XX--",
          parts("\r\n--XX\r\n", "\r\n--XX \t\r\n", "\r\n\r\n") + "\r\n--XX--\r\n",
          parts("before\r\n--X\r\n\r\n--XX\r\n", "\r\n--XX\r\nX-Y: z\r\n", "\r\n\r\n")
              + "\r\n--XX-- \r\nbehind\r\n--XX\r\n",
          parts("--XX\r\n", "\r\n--XX\r\n", "\r\n") + "\r\n--XX--\r\n"); // none but for its name

  private static final List<Part> PARTS =
      List.of(new Part("a", "1"), new Part("b", NEARLY), new Part("c", ""));

  private record Part(String name, String content) {}

  private static String parts(String first, String next, String end) {
    return "%s%s\"a\"\r\n\r\n1%s%sb\r\n\r\n%s%s%s\"c\"%s"
        .formatted(first, FIELD, next, FIELD, NEARLY, next, FIELD, end);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The parts of a form whose bytes come in pieces up to these places, and then whole.
  private static List<Part> read(String type, byte[] form, int... places) throws Exception {
    FormStream stream = new FormStream(new Pieces(form, places), type);
    List<Part> parts = new ArrayList<>();
    for (Optional<PartHead> head = stream.nextPart(); head.isPresent(); head = stream.nextPart()) {
      byte[] content = stream.readAllBytes();
      parts.add(new Part(head.get().name(), new String(content, StandardCharsets.ISO_8859_1)));
    }
    return parts;
  }

  /// Bytes as a network brings them.
  private static final class Pieces extends InputStream {
    private final byte[] bytes;
    private final int[] places;
    private int at;

    private Pieces(byte[] bytes, int... places) {
      this.bytes = bytes;
      this.places = places;
    }

    @Override
    public int read() {
      return at < bytes.length ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int end = Arrays.stream(places).filter(place -> place > at).findFirst().orElse(bytes.length);
      int count = Math.min(length, end - at);
      System.arraycopy(bytes, at, into, offset, count);
      at += count;
      return count > 0 ? count : -1;
    }
  }

  @Test
  void aFormIsTheSameWhereverItIsCut() throws Exception {
    for (String text : FORMS) {
      byte[] form = bytes(text);
      for (int i = 1; i < form.length; i++) {
        for (int j = i; j < Math.min(form.length, i + 12); j++) {
          assertThat(read(TYPE, form, i, j)).as("%d and %d", i, j).isEqualTo(PARTS);
        }
      }
      for (int step = 1; step < form.length; step++) {
        int each = step;
        int[] places = IntStream.range(1, form.length / each + 1).map(i -> i * each).toArray();
        assertThat(read(TYPE, form, places)).as("by %d", step).isEqualTo(PARTS);
      }
    }
  }

  @Test
  void aFormThatEndsTooSoonIsRefusedWhereverThatIs() {
    for (String text : FORMS) {
      int last = text.indexOf("\r\n--XX--") + "\r\n--XX--".length();
      for (int length = 0; length < last; length++) {
        byte[] cut = bytes(text.substring(0, length));
        assertThatThrownBy(() -> read(TYPE, cut)).isInstanceOf(Problem.class);
      }
    }
  }

  @Test
  void whatIsLeftOfAPartIsPassedOver() throws Exception {
    for (String form : FORMS) {
      for (int taken = 0; taken < NEARLY.length(); taken++) {
        FormStream stream = new FormStream(new ByteArrayInputStream(bytes(form)), TYPE);
        stream.nextPart();
        stream.nextPart();
        assertThat(stream.readNBytes(taken)).isEqualTo(bytes(NEARLY.substring(0, taken)));
        assertThat(stream.nextPart().orElseThrow().name()).isEqualTo("c");
      }
    }
  }

  /// Contents of what boundaries are made of, and boundaries of what contents are made of.
  @Test
  void whateverIsSentArrives() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      String boundary = random("-Xa", 1 + random.nextInt(70), random) + "Y";
      boundary = boundary.substring(Math.max(0, boundary.length() - 70));
      String content = random("\r\n\n\r--XaY\0", random.nextInt(300), random);
      if (("\r\n" + content + "\r\n--").contains("\r\n--" + boundary)) {
        continue;
      }
      String form = "--%s\r\n%sp\r\n\r\n%s\r\n--%s--".formatted(boundary, FIELD, content, boundary);
      String type = "multipart/form-data; charset=utf-8; Boundary=\"%s\"".formatted(boundary);
      int[] places = random.ints(20, 0, form.length()).sorted().toArray();
      assertThat(read(type, bytes(form), places)).containsExactly(new Part("p", content));
    }
  }

  @Test
  void garbageIsAtMostRefused() {
    Random random = new Random(11);
    String letters = "\r\n-X:; =\"\\'*%a2\0\u00ff";
    for (int i = 0; i < 30_000; i++) {
      StringBuilder form = new StringBuilder(FORMS.get(i % FORMS.size()));
      for (int n = random.nextInt(8); n >= 0; n--) {
        int at = random.nextInt(form.length());
        int end = Math.min(form.length(), at + random.nextInt(6));
        form.replace(at, end, random(letters, random.nextInt(6), random));
      }
      String type = i % 2 == 0 ? TYPE : TYPE + random(letters, random.nextInt(9), random);
      try {
        read(type, bytes(form.toString()), random.nextInt(form.length()));
      } catch (Problem e) {
        assertThat(e.type().status()).isEqualTo(400);
      } catch (Exception e) {
        throw new AssertionError(type + "\r\n" + form, e);
      }
    }
  }

  private static String random(String letters, int length, Random random) {
    StringBuilder text = new StringBuilder(length);
    random.ints(length, 0, letters.length()).forEach(i -> text.append(letters.charAt(i)));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "; boundary",
        "; boundary=",
        "; boundary=\"\"",
        "; boundary=\"XX",
        "; boundary=XX; boundary=YY",
        "; boundary=X\u00e4X",
        "; boundary=\"X\0X\"",
        "; boundary=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggggggggh"
      })
  void aFormWithoutABoundaryIsNone(String parameters) {
    assertThatThrownBy(() -> read("multipart/form-data" + parameters, bytes(FORMS.getFirst())))
        .isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--XX\n%s\"a\"\n\n1\n--XX--\n", // lines as of Unix
        "--XXY\r\n%s\"a\"\r\n\r\n1\r\n--XXY--\r\n",
        "--XX\r\n%s\"a\"\r\n\r\n1\r\n--XX x\r\n%s\"b\"\r\n\r\n2\r\n--XX--",
        "--XX\r\n\r\n1\r\n--XX--",
        "--XX\r\nX: y\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XX--",
        "--XX\r\n%sa\r\n%sb\r\n\r\n1\r\n--XX--"
      })
  void aFormThatIsWrittenOtherwiseIsRefused(String form) {
    byte[] bytes = bytes(form.replace("%s", FIELD));
    assertThatThrownBy(() -> read(TYPE, bytes)).isInstanceOf(Problem.class);
  }

  @Test
  void theFieldsOfAPartHaveABound() throws Exception {
    for (int length : new int[] {15_000, 17_000}) {
      byte[] form =
          bytes("--XX\r\nX: %s\r\n%sa\r\n\r\n1\r\n--XX--".formatted("y".repeat(length), FIELD));
      if (length < FormStream.BUFFER) {
        assertThat(read(TYPE, form)).containsExactly(new Part("a", "1"));
      } else {
        assertThatThrownBy(() -> read(TYPE, form)).hasMessageContaining("more than 16384 bytes");
      }
    }
  }

  @Test
  void noMoreOfAPartIsReadThanIsAskedFor() throws Exception {
    byte[] form = bytes("--XX\r\n%sa\r\n\r\n%s\r\n--XX--".formatted(FIELD, "1".repeat(1 << 20)));
    InputStream in = new ByteArrayInputStream(form);
    FormStream stream = new FormStream(in, TYPE);
    stream.nextPart();
    for (int taken = 0; taken < 1 << 20; taken += 1 << 10) {
      assertThat(form.length - in.available()).isLessThanOrEqualTo(taken + FormStream.BUFFER + 100);
      stream.readNBytes(1 << 10);
    }
    assertThat(stream.nextPart()).isEmpty();
    assertThat(in.available()).isZero();
  }
}
