package showfloor.httpapi.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A body of JSON that has arrived whole, before it is a tree: a client that sends slowly holds its
/// bytes, and not the many times larger tree.
final class JsonBody {
  private static final int BLOCK = 16 << 10;

  /// What a tree takes for each `{`, `[`, `,` and `:`, as measured; text is counted by its bytes.
  private static final long NODE = 64;

  private final List<InputStream> blocks = new ArrayList<>();
  private long length;
  private long nodes;

  private JsonBody() {}

  /// Reads to the end of `in`; more than `limit` bytes are a problem 413.
  static JsonBody read(InputStream in, long limit) {
    JsonBody body = new JsonBody();
    try {
      for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
        body.add(block);
        if (body.length > limit) {
          throw BodyStream.tooLarge(limit);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body;
  }

  private void add(byte[] block) {
    blocks.add(new ByteArrayInputStream(block));
    length += block.length;
    for (byte b : block) {
      if (b == '{' || b == '[' || b == ',' || b == ':') {
        nodes++;
      }
    }
  }

  /// How many bytes its tree takes at most, where the parser stops after so many tokens.
  long treeBytes(int tokens) {
    return 2 * length + NODE * Math.min(nodes, tokens);
  }

  /// Its bytes, once.
  InputStream stream() {
    return new SequenceInputStream(Collections.enumeration(blocks));
  }
}
