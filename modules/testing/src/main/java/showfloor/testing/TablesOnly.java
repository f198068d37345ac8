package showfloor.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;

/// The tables of a module without its routes, for tests of a module that reads what it publishes:
/// its classes are on the class path there, so no statement of it can be run.
public record TablesOnly(Schema schema) implements Domain {

  @Override
  public String name() {
    return schema.module();
  }

  @Override
  public void routes(Routes routes) {}

  @Override
  public InputStream openapi() {
    String nothing =
        "openapi: 3.1.0\ninfo: {title: %s, version: '1'}\ntags: []\npaths: {}\n".formatted(name());
    return new ByteArrayInputStream(nothing.getBytes(StandardCharsets.UTF_8));
  }
}
