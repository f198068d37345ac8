/// What all routes share: the caller, problems, JSON, paging, ETag, idempotency, limits. It binds
/// module, route, request id, company and deadline for db-api, so that no domain carries them.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the friends of a qualified export are built later
module showfloor.httpapi {
  exports showfloor.httpapi;
  exports showfloor.httpapi.identity to
      showfloor.app,
      showfloor.auth,
      showfloor.testing,
      showfloor.uploads;
  exports showfloor.httpapi.runtime to
      showfloor.app,
      showfloor.testing;

  requires static transitive org.jspecify;
  requires transitive com.fasterxml.jackson.core; // JsonValue writes to a JsonGenerator
  requires transitive showfloor.dbapi; // a Domain has a Schema
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml; // the API description
  requires io.helidon.common.task; // what the server may interrupt
  requires io.helidon.webserver;
}
