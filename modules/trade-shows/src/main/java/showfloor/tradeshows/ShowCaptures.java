package showfloor.tradeshows;

import java.time.Instant;
import java.util.UUID;
import showfloor.dbapi.SqlWriter;
import showfloor.dealers.CaptureShow;
import showfloor.httpapi.Caller;
import showfloor.tradeshows.links.Links;

/// Joins captured dealers to their shows. The capture has written the dealer, so it holds it.
public final class ShowCaptures implements CaptureShow {

  @Override
  public boolean link(SqlWriter sql, Caller caller, UUID showId, UUID dealerId, Instant at) {
    return Links.addHeld(sql, showId, dealerId, caller.userId(), at);
  }
}
