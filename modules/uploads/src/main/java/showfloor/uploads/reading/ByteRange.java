package showfloor.uploads.reading;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The bytes of a file that a request asks for.
///
/// @param from the first, counted from 0
/// @param to behind the last
record ByteRange(long from, long to) {
  private static final Pattern ONE = Pattern.compile("(?i:bytes)=([0-9]{0,18})-([0-9]{0,18})");

  /// What `Range` means for a file of `size` bytes.
  sealed interface Asked {
    /// No range, several, or what is none: the whole file is answered (RFC 9110, section 14.2).
    record Whole() implements Asked {}

    record Part(ByteRange range) implements Asked {}

    /// It begins behind the file.
    record Outside() implements Asked {}
  }

  static Asked of(Optional<String> header, long size) {
    Matcher one = ONE.matcher(header.orElse("").strip());
    if (!one.matches() || (one.group(1) + one.group(2)).isEmpty()) {
      return new Asked.Whole();
    }
    if (one.group(1).isEmpty()) {
      long last = Long.parseLong(one.group(2));
      return last == 0
          ? new Asked.Outside()
          : new Asked.Part(new ByteRange(Math.max(0, size - last), size));
    }
    long from = Long.parseLong(one.group(1));
    long last = one.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(one.group(2));
    if (last < from) {
      return new Asked.Whole();
    }
    return from >= size
        ? new Asked.Outside()
        : new Asked.Part(new ByteRange(from, Math.min(last + 1, size)));
  }

  /// The value of `Content-Range`.
  String of(long size) {
    return "bytes %d-%d/%d".formatted(from, to - 1, size);
  }
}
