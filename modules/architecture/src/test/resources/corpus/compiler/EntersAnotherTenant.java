// expect: package showfloor.httpapi.identity is not visible
package showfloor.evil;

final class EntersAnotherTenant {
  Object enter() throws Exception {
    return showfloor.httpapi.identity.Tenants.in(new java.util.UUID(0, 1), () -> 1);
  }
}
