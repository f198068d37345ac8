package showfloor.app.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// One line for machines: a JSON object, instants in UTC.
final class JsonFormat extends Formatter {
  private static final JsonFactory JSON = new JsonFactory();

  private final Redaction redaction;

  JsonFormat(Redaction redaction) {
    this.redaction = redaction;
  }

  @Override
  public String format(LogRecord log) {
    LogLine line = LogLine.of(log, redaction);
    StringWriter text = new StringWriter(256);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(line, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private void write(LogLine line, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("time", line.time().toString());
    out.writeStringField("level", line.level());
    out.writeStringField("logger", line.logger());
    out.writeStringField("message", line.message());
    if (line.operation().isPresent()) {
      out.writeStringField("requestId", redaction.clean(line.operation().get().requestId()));
      out.writeStringField("module", line.operation().get().module());
      out.writeStringField("operation", redaction.clean(line.operation().get().name()));
    }
    out.writeStringField("thread", line.thread());
    if (!line.error().isEmpty()) {
      out.writeStringField("error", String.join("\n", line.error()));
    }
    out.writeEndObject();
  }
}
