package showfloor.mail;

import java.util.List;

/// One mail to one person, in plain text and in HTML.
///
/// Nothing in it can add a header: `IllegalArgumentException` for a line break or another control
/// character in `to` or `subject`.
///
/// @param to the bare address
/// @param subject at most 200 characters
public record Mail(String to, String subject, String text, String html) {
  private static final int ADDRESS_MAX = 254;
  private static final int SUBJECT_MAX = 200;

  public Mail {
    if (!isAddress(to)) {
      throw new IllegalArgumentException("not the address of one person");
    }
    if (subject.isBlank()
        || subject.length() > SUBJECT_MAX
        || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject is one line of 1 to 200 characters");
    }
    if (text.isBlank() || html.isBlank()) {
      throw new IllegalArgumentException("a mail has a plain text and an HTML text");
    }
  }

  /// Whether a mail can be written to `address`.
  public static boolean isAddress(String address) {
    return !address.isEmpty()
        && address.length() <= ADDRESS_MAX
        && address.chars().noneMatch(Mail::endsAnAddress);
  }

  private static boolean endsAnAddress(int c) {
    return Character.isISOControl(c) || Character.isWhitespace(c) || ",;<>\"()".indexOf(c) >= 0;
  }

  List<String> payload() {
    return List.of(to, subject, text, html);
  }

  static Mail of(List<String> payload) {
    return new Mail(payload.get(0), payload.get(1), payload.get(2), payload.get(3));
  }

  /// The address stays out of logs.
  @Override
  public String toString() {
    return "Mail[" + subject + "]";
  }
}
