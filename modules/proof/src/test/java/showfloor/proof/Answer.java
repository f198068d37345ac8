package showfloor.proof;

/// What became of one HTTP request, as far as its client can tell.
sealed interface Answer {
  /// Read whole.
  record Complete(int status, String body) implements Answer {}

  /// No connection could be made: it was never sent.
  record Refused() implements Answer {}

  /// It was sent, at least in part, and not one byte came back.
  record Unanswered() implements Answer {}

  /// The answer broke off.
  record Cut(String read) implements Answer {}

  default boolean isStatus(int status) {
    return this instanceof Complete complete && complete.status() == status;
  }
}
