package showfloor.httpapi.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import showfloor.httpapi.FieldError;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Problem;

/// A problem as RFC 9457 writes it, with the members of this API.
///
/// @param origin in front of the type's path; may be empty
record ProblemJson(Problem problem, String origin, String requestId) implements JsonValue {
  static final String PATH = "/problems/";

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", origin + PATH + problem.type().slug());
    out.writeStringField("title", problem.type().title());
    out.writeNumberField("status", problem.status());
    out.writeStringField("detail", problem.detail());
    out.writeStringField("instance", "urn:showfloor:request:" + requestId);
    out.writeStringField("code", problem.code());
    out.writeStringField("error", problem.detail());
    out.writeStringField("requestId", requestId);
    out.writeBooleanField("retryable", problem.isRetryable());
    if (!problem.errors().isEmpty()) {
      errors(out);
    }
    for (Map.Entry<String, JsonValue> member : problem.members().entrySet()) {
      out.writeFieldName(member.getKey());
      member.getValue().write(out);
    }
    out.writeEndObject();
  }

  private void errors(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("errors");
    for (FieldError error : problem.errors()) {
      out.writeStartObject();
      out.writeStringField("pointer", error.pointer());
      out.writeStringField("code", error.code());
      out.writeStringField("detail", error.detail());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
