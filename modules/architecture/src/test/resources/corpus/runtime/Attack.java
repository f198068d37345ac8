package showfloor.evil;

import showfloor.dbapi.Database;

/// One attempt; what it throws is the refusal.
interface Attack {
  Object run(Database db) throws Exception;
}
