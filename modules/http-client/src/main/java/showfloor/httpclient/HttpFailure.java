package showfloor.httpclient;

/// No answer: the server was not reached, was late, hung up, or went on beyond the bound. Whether
/// it has done what it was asked for is not known.
public final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HttpFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
