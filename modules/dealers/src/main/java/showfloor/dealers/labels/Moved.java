package showfloor.dealers.labels;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// How a move of dealers ended; but for [Done] nothing was moved.
sealed interface Moved {
  /// How many joined and left; who was in, or was not, already is not counted.
  record Done(long added, long removed) implements Moved, JsonValue {

    @Override
    public void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      Json.number(out, "added", added);
      Json.number(out, "removed", removed);
      out.writeEndObject();
    }
  }

  /// One of the dealers joined or left a buying group after the day.
  record Later() implements Moved {}

  /// The day is still to come.
  record Future() implements Moved {}

  /// The label is not there, or one of the dealers.
  record Missing() implements Moved {}
}
