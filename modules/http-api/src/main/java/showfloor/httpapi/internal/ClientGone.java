package showfloor.httpapi.internal;

import org.jspecify.annotations.Nullable;

/// The client hung up, or does not read: there is nobody to answer. Never a defect of ours.
final class ClientGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientGone(@Nullable Throwable cause) {
    super("the client is gone", cause, false, false);
  }
}
