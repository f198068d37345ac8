package showfloor.httpclient;

import java.util.Optional;
import java.util.function.Function;

/// One answer, read whole.
public final class HttpReply {
  private final int status;
  private final Function<String, Optional<String>> headers;
  private final byte[] body;

  HttpReply(int status, Function<String, Optional<String>> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /// Whether the status is one of 200 to 299.
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /// The first value of a header, by its name in upper or lower case.
  public Optional<String> header(String name) {
    return headers.apply(name);
  }

  public byte[] body() {
    return body;
  }
}
