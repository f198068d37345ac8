package showfloor.httpapi.internal;

import java.nio.charset.StandardCharsets;
import showfloor.dbapi.runtime.IdempotencyKeys.Stored;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Answer.Body;

/// Answers as they are kept for a repeat: one header a line, then the body as text.
final class StoredAnswers {
  private static final String TYPE = "Content-Type: ";
  private static final String TAG = "Tag: ";

  private StoredAnswers() {}

  static Stored store(Answer answer) {
    if (answer.isSecret()) {
      throw new IllegalStateException("a secret must not be kept for an Idempotency-Key");
    }
    StringBuilder headers = new StringBuilder();
    byte[] body =
        switch (answer.body()) {
          case Body.None none -> new byte[0];
          case Body.OfJson json -> {
            headers.append(TYPE).append("application/json\n");
            yield JsonBytes.of(json.value());
          }
          case Body.OfText text -> {
            headers.append(TYPE).append(text.contentType()).append('\n');
            yield text.text().getBytes(StandardCharsets.UTF_8);
          }
          case Body.OfStream stream ->
              throw new IllegalStateException("a stream can't be kept for an Idempotency-Key");
        };
    answer.tag().ifPresent(tag -> headers.append(TAG).append(tag).append('\n'));
    for (Answer.Header header : answer.headers()) {
      headers.append(header.name()).append(": ").append(header.value()).append('\n');
    }
    return new Stored(answer.status(), headers.toString(), body);
  }

  static Answer answer(Stored stored) {
    Answer answer = body(stored);
    for (String line : stored.headers().split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (line.startsWith(TAG)) {
        answer = answer.tagged(line.substring(colon + 2));
      } else if (colon > 0 && !line.startsWith(TYPE)) {
        answer = answer.header(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return answer;
  }

  private static Answer body(Stored stored) {
    int start = stored.headers().indexOf(TYPE);
    if (start < 0) {
      return Answer.empty(stored.status());
    }
    int end = stored.headers().indexOf('\n', start);
    return Answer.text(
        stored.status(),
        stored.headers().substring(start + TYPE.length(), end),
        new String(stored.body(), StandardCharsets.UTF_8));
  }
}
