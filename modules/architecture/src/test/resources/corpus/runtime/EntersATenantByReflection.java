// expect: does not export showfloor.httpapi.identity to
package showfloor.evil;

import showfloor.dbapi.Database;

final class EntersATenantByReflection implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    return Class.forName("showfloor.httpapi.identity.Tenants").getMethods()[0].invoke(null);
  }
}
