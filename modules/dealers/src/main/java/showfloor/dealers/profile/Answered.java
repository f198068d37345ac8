package showfloor.dealers.profile;

import showfloor.httpapi.Fields;

/// Members that our answers have of a dealer and that nobody can set. Clients send them back.
public final class Answered {
  private Answered() {}

  /// Accepts them in a body, and does not look at them.
  public static void ignore(Fields body) {
    body.ignore("version", "createdAt", "updatedAt", "_count", "match", "dealerNotes");
    body.ignore("dealerNotesTruncated", "quickActions");
    for (Kept.Part part : Kept.Part.values()) {
      body.ignore(part.member(), part.truncated());
    }
  }
}
