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
record DealerDetail(Dealer dealer, List<Note> notes, boolean moreNotes) implements JsonValue {
  /// The most notes that are answered with a dealer.
  static final int NOTES_MAX = 200;

  /// What other modules will hang on a dealer; clients of the reference expect the members.
  private static final List<String> EMPTY =
      List.of("photos", "voiceRecordings", "todos", "tradeShows", "quickActions");

  @Override
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    dealer.writeMembers(out);
    Json.array(out, "dealerNotes", notes);
    Json.bool(out, "dealerNotesTruncated", moreNotes);
    for (String name : EMPTY) {
      Json.array(out, name, List.of());
    }
    out.writeEndObject();
  }
}
