package showfloor.httpapi;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Something that writes itself as one JSON value.
@FunctionalInterface
public interface JsonValue {
  void write(JsonGenerator out) throws IOException;
}
