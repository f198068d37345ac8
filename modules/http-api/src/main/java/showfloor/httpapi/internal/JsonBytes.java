package showfloor.httpapi.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import showfloor.httpapi.JsonValue;

/// JSON on its way out.
public final class JsonBytes {
  // Thread-local buffers, the default, are lost with each virtual thread.
  private static final JsonFactory FACTORY =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

  private JsonBytes() {}

  /// The value in UTF-8.
  public static byte[] of(JsonValue value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      value.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a value does not write itself as JSON", e);
    }
    return bytes.toByteArray();
  }
}
