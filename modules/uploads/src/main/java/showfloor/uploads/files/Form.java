package showfloor.uploads.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;

/// The small fields of a form, before and behind its file. Those that nobody knows are passed over.
final class Form {
  private static final Set<String> KNOWN = Set.of("type", "duration");
  private static final int FIELD_BYTES = 1_000;
  private static final int DURATION_MAX = 86_400;
  private static final String DEFAULT_TYPE = "business_card";

  private final Map<String, String> fields = new HashMap<>();

  void take(Request.Part part) throws IOException {
    if (!KNOWN.contains(part.name())) {
      return;
    }
    byte[] bytes = part.content().readNBytes(FIELD_BYTES + 1);
    if (bytes.length > FIELD_BYTES) {
      throw fault(part.name(), "TOO_LONG", "%s has more than %d bytes.", FIELD_BYTES);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      fields.put(part.name(), text.strip());
    } catch (CharacterCodingException e) {
      throw fault(part.name(), "WRONG_TYPE", "%s is not UTF-8.");
    }
  }

  Sent.Details details(FileKind kind) {
    return switch (kind) {
      case PHOTO -> new Sent.Details(type(), null);
      case RECORDING -> new Sent.Details(null, duration());
    };
  }

  private String type() {
    String type = fields.getOrDefault("type", "");
    if (type.length() > Limits.WORD.value()) {
      throw fault("type", "TOO_LONG", "%s has more than %d characters.", Limits.WORD.value());
    }
    if (type.chars().anyMatch(Character::isISOControl)) {
      throw fault("type", "WRONG_TYPE", "%s holds a control character.");
    }
    return type.isEmpty() ? DEFAULT_TYPE : type;
  }

  /// Whole seconds: recorders tell fractions.
  private @Nullable Integer duration() {
    String text = fields.getOrDefault("duration", "");
    if (text.isEmpty()) {
      return null;
    }
    if (text.matches("[0-9]{1,5}([.][0-9]{1,20})?")) {
      long seconds = Math.round(Double.parseDouble(text));
      if (seconds <= DURATION_MAX) {
        return (int) seconds;
      }
    }
    throw fault("duration", "OUT_OF_RANGE", "%s must be seconds from 0 to %d.", DURATION_MAX);
  }

  private static Problem fault(String name, String code, String detail, Object... more) {
    Object[] all = new Object[more.length + 1];
    all[0] = name;
    System.arraycopy(more, 0, all, 1, more.length);
    return Problem.invalid("/" + name, code, detail.formatted(all));
  }
}
