package showfloor.app;

import java.util.List;
import showfloor.dbapi.Database;
import showfloor.httpapi.Domain;

/// Every domain there is. A new one is one line here, after those whose Java API it uses.
final class Domains {
  private Domains() {}

  static List<Domain> of(Database database) {
    return List.of();
  }
}
