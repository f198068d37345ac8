package showfloor.httpapi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Sha256;

/// Where a list goes on: the key of the last row, with the list that it belongs to.
///
/// Opaque to clients, versioned, and with a check sum that tells a cut or changed one apart. It is
/// no secret and no right: whoever forges one still sees only rows of the own company.
public final class Cursor {
  private static final int VERSION = 1;
  private static final int CHECK_BYTES = 8;
  private static final int LENGTH_MAX = 4_000;

  private Cursor() {}

  /// A short text that stands for filters and order of a list; the values may be null.
  public static String filterHash(@Nullable Object... values) {
    byte[] digest = Sha256.of(Arrays.toString(values).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 9));
  }

  /// A cursor behind the row with this key.
  ///
  /// @param key the sort key of the last row, as text, its id last
  public static String encode(String filterHash, String... key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(filterHash);
      out.writeByte(key.length);
      for (String part : key) {
        out.writeUTF(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a key too long for a cursor", e);
    }
    byte[] content = bytes.toByteArray();
    bytes.write(Sha256.of(content), 0, CHECK_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /// The key in a cursor. One that was not made by [#encode] for this list is a problem 400:
  /// `invalid-cursor`, or `cursor-mismatch` where filters or order are others.
  ///
  /// @param parts how many parts the key has
  public static List<String> decode(String cursor, String filterHash, int parts) {
    byte[] content = checked(cursor);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      if (in.readUnsignedByte() != VERSION) {
        throw invalid();
      }
      if (!in.readUTF().equals(filterHash)) {
        throw Problem.of(
            ProblemTypes.CURSOR_MISMATCH,
            "The cursor belongs to a list with other filters or another order.");
      }
      if (in.readUnsignedByte() != parts) {
        throw invalid();
      }
      List<String> key = new ArrayList<>(parts);
      for (int i = 0; i < parts; i++) {
        key.add(in.readUTF());
      }
      if (in.read() >= 0 || !key.stream().allMatch(Text::storable)) {
        throw invalid();
      }
      return List.copyOf(key);
    } catch (IOException e) {
      throw invalid();
    }
  }

  /// The problem of a cursor whose key does not parse.
  public static Problem invalid() {
    return Problem.of(
        ProblemTypes.INVALID_CURSOR, "The cursor is not one that this list has handed out.");
  }

  private static byte[] checked(String cursor) {
    if (cursor.length() > LENGTH_MAX) {
      throw invalid();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    if (bytes.length <= CHECK_BYTES) {
      throw invalid();
    }
    byte[] content = Arrays.copyOf(bytes, bytes.length - CHECK_BYTES);
    byte[] check = Arrays.copyOfRange(bytes, content.length, bytes.length);
    if (!Arrays.equals(check, Arrays.copyOf(Sha256.of(content), CHECK_BYTES))) {
      throw invalid();
    }
    return content;
  }
}
