package showfloor.dbapi.internal;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/// A stale plan (after a migration) is no reason to throw a connection away.
final class KeepOnStalePlan implements SQLExceptionOverride {
  @java.lang.Override // the plain name is the nested enum here
  public Override adjudicate(SQLException e) {
    return SqlStates.STALE_PLAN.equals(e.getSQLState())
        ? Override.DO_NOT_EVICT
        : Override.CONTINUE_EVICT;
  }
}
