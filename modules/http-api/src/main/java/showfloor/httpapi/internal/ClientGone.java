package showfloor.httpapi.internal;

import org.jspecify.annotations.Nullable;

/// The client hung up, does not read, or does not send: there is nobody to answer. Never a defect
/// of ours.
final class ClientGone extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int GONE = 499;
  private static final int STALLED = 408;

  private final int status;

  private ClientGone(int status, @Nullable Throwable cause) {
    super("the client is gone", cause, false, false);
    this.status = status;
  }

  /// It hung up, or did not read.
  static ClientGone silent(@Nullable Throwable cause) {
    return new ClientGone(GONE, cause);
  }

  /// It did not send its body, so its connection was closed.
  static ClientGone stalled(@Nullable Throwable cause) {
    return new ClientGone(STALLED, cause);
  }

  /// The status that the listener hears.
  int status() {
    return status;
  }
}
