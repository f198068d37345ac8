package showfloor.httpapi.internal;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.runtime.Priority;
import showfloor.httpapi.Limits;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes.Guard;
import showfloor.httpapi.Routes.Handler;
import showfloor.httpapi.Routes.Route;

/// One declared route. Written by its domain while routes are declared, only read afterwards.
public final class Endpoint implements Route {
  private final String domain;
  private final String method;
  private final String path;
  private final String name;
  private final Handler handler;
  private Guard guard = Guard.SUBSCRIBED;
  private RouteClass routeClass;
  private boolean idempotent;
  private @Nullable Limits streamLimit;
  private boolean takesFile;
  private @Nullable Function<String, Optional<UUID>> link;

  Endpoint(String domain, String method, String path, Handler handler) {
    this.domain = domain;
    this.method = method;
    this.path = path;
    this.name = method + " " + path;
    this.handler = handler;
    this.routeClass = "GET".equals(method) ? RouteClass.READ : RouteClass.WRITE;
  }

  @Override
  public Route guard(Guard who) {
    this.guard = who;
    return this;
  }

  @Override
  public Route as(RouteClass which) {
    this.routeClass = which;
    return this;
  }

  @Override
  public Route idempotent() {
    this.idempotent = true;
    return this;
  }

  @Override
  public Route streams(Limits limit) {
    this.streamLimit = limit;
    return this;
  }

  @Override
  public Route takesFile() {
    this.takesFile = true;
    return this;
  }

  /// Makes the last segment of its path a link: what names the company that the route acts for.
  public void followsLinks(Function<String, Optional<UUID>> companyOf) {
    this.link = companyOf;
  }

  /// What finds the company of a link; null where the route follows none.
  @Nullable Function<String, Optional<UUID>> link() {
    return link;
  }

  public String domain() {
    return domain;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  /// `GET /api/dealers/{id}`.
  public String name() {
    return name;
  }

  public Guard guard() {
    return guard;
  }

  public RouteClass routeClass() {
    return routeClass;
  }

  /// Its place when connections are short.
  Priority priority() {
    return switch (routeClass) {
      case CAPTURE, CAPTURE_WITH_FILE -> Priority.HIGH;
      case READ, WRITE, TRANSFER -> Priority.NORMAL;
      case IMPORT, EXPORT -> Priority.LOW;
    };
  }

  public boolean isIdempotent() {
    return idempotent;
  }

  /// Whether its body is a form with a file.
  boolean isForFiles() {
    return takesFile;
  }

  /// Whether the handler reads the body as it comes.
  boolean isStreamed() {
    return streamLimit != null || takesFile;
  }

  Handler handler() {
    return handler;
  }

  /// Bytes of a body.
  ///
  /// @param fileMax bytes of one file
  long bodyLimit(long fileMax) {
    if (takesFile) {
      return fileMax + Multipart.FRAME;
    }
    if (streamLimit != null) {
      return streamLimit.bytes();
    }
    return (guard == Guard.PUBLIC ? Limits.PUBLIC_BODY : Limits.JSON_BODY).bytes();
  }

  /// Tokens of a body in JSON.
  Limits tokenLimit() {
    if (streamLimit != null) {
      return Limits.BULK_TOKENS;
    }
    return guard == Guard.PUBLIC ? Limits.PUBLIC_TOKENS : Limits.JSON_TOKENS;
  }
}
