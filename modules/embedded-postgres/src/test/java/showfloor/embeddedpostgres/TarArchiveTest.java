package showfloor.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives as they come, and archives as they must not come.
class TarArchiveTest {
  private static final byte[] END = new byte[1024];

  @TempDir Path folder;

  @Test
  void filesFoldersAndLinksAreUnpackedWithTheirContent() throws IOException {
    String odd = "x".repeat(513);
    unpack(
        entry('5', "lib/", "", ""),
        entry('0', "lib/name.so.1", "", odd),
        entry('2', "lib/name.so", "name.so.1", ""),
        entry('0', "bin/run", "", ""),
        END);
    assertThat(folder.resolve("lib/name.so")).isSymbolicLink().hasContent(odd);
    assertThat(folder.resolve("bin/run")).isExecutable().isEmptyFile();
  }

  @Test
  void nothingIsWrittenOutsideOfTheFolder() {
    for (String name : new String[] {"../out", "/tmp/out", "lib/../../out"}) {
      assertThatThrownBy(() -> unpack(entry('0', name, "", "x"), END))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("points out of the archive");
    }
    assertThatThrownBy(() -> unpack(entry('2', "lib/link", "../../etc", ""), END))
        .hasMessageContaining("points out of the archive");
    assertThat(Files.exists(folder.resolveSibling("out"))).isFalse();
  }

  @Test
  void anEntryOfAnotherKindIsRefusedInsteadOfGuessed() {
    for (char kind : new char[] {'1', 'L', 'x', '6'}) {
      assertThatThrownBy(() -> unpack(entry(kind, "odd", "", ""), END))
          .hasMessageContaining("unknown kind of entry");
    }
  }

  @Test
  void anArchiveThatEndsEarlyIsRefused() {
    byte[] whole = entry('0', "file", "", "content");
    assertThatThrownBy(() -> unpack(whole)).hasMessageContaining("ends early");
    assertThatThrownBy(() -> unpack(java.util.Arrays.copyOf(whole, 515)))
        .hasMessageContaining("ends early");
  }

  private void unpack(byte[]... entries) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      all.write(entry);
    }
    new TarArchive(new ByteArrayInputStream(all.toByteArray()), folder).unpack();
  }

  private static byte[] entry(char kind, String name, String link, String content) {
    byte[] body = content.getBytes(UTF_8);
    byte[] entry = new byte[512 + (body.length + 511) / 512 * 512];
    put(entry, 0, name);
    put(entry, 100, "0000755");
    put(entry, 124, "%011o".formatted(body.length));
    entry[156] = (byte) kind;
    put(entry, 157, link);
    System.arraycopy(body, 0, entry, 512, body.length);
    return entry;
  }

  private static void put(byte[] entry, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, entry, at, bytes.length);
  }
}
