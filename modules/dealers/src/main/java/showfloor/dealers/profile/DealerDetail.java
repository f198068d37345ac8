package showfloor.dealers.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import showfloor.dealers.notes.Note;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// One dealer with all that hangs on it.
///
/// @param notes the newest first, at most [#NOTES_MAX]
/// @param moreNotes whether there are older ones
record DealerDetail(Dealer dealer, List<Note> notes, boolean moreNotes, Kept kept)
    implements JsonValue {
  /// The most notes that are answered with a dealer.
  static final int NOTES_MAX = 200;

  DealerDetail with(Kept everything) {
    return new DealerDetail(dealer, notes, moreNotes, everything);
  }

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    dealer.writeMembers(out);
    Json.array(out, "dealerNotes", notes);
    Json.bool(out, "dealerNotesTruncated", moreNotes);
    kept.writeMembers(out);
    Json.array(out, "quickActions", List.of()); // clients of the reference expect the member
    out.writeEndObject();
  }
}
