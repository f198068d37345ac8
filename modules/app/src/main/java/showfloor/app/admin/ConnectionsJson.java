package showfloor.app.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import showfloor.dbapi.runtime.PoolFacts;

/// Who holds the connections, and who waits for one.
final class ConnectionsJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ConnectionsJson() {}

  static String of(PoolFacts facts) {
    StringWriter text = new StringWriter(1_024);
    try (JsonGenerator out = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      out.writeStartObject();
      pool(facts, out);
      out.writeArrayFieldStart("connections");
      for (PoolFacts.LeaseFacts lease : facts.leases()) {
        lease(lease, out);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("queue");
      for (PoolFacts.Waiter waiter : facts.waiting()) {
        waiter(waiter, out);
      }
      out.writeEndArray();
      totals(facts.totals(), out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void pool(PoolFacts facts, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("pool");
    out.writeNumberField("size", facts.size());
    out.writeNumberField("open", facts.open());
    out.writeNumberField("leased", facts.leases().size());
    out.writeNumberField("idle", facts.idle());
    out.writeNumberField("waiting", facts.waiting().size());
    out.writeEndObject();
  }

  private static void lease(PoolFacts.LeaseFacts lease, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("lease", lease.id());
    out.writeNumberField("backendPid", lease.backendPid());
    out.writeStringField("state", lease.state());
    out.writeStringField("module", lease.module());
    out.writeStringField("operation", lease.operation());
    out.writeStringField("requestId", lease.requestId());
    out.writeStringField("company", lease.company());
    out.writeStringField("statement", lease.statement());
    out.writeStringField("thread", lease.thread());
    out.writeStringField("since", lease.since().toString());
    out.writeStringField("deadline", lease.since().plusMillis(lease.budgetMs()).toString());
    out.writeNumberField("heldMs", lease.heldMs());
    out.writeNumberField("budgetMs", lease.budgetMs());
    out.writeEndObject();
  }

  private static void waiter(PoolFacts.Waiter waiter, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("module", waiter.module());
    out.writeStringField("operation", waiter.operation());
    out.writeStringField("requestId", waiter.requestId());
    out.writeNumberField("waitedMs", waiter.waitedMs());
    out.writeEndObject();
  }

  private static void totals(PoolFacts.Totals totals, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("totals");
    out.writeNumberField("leases", totals.leases());
    out.writeNumberField("statements", totals.statements());
    out.writeNumberField("roundTrips", totals.roundTrips());
    out.writeNumberField("waitMs", totals.waitNanos() / 1_000_000);
    out.writeNumberField("heldMs", totals.heldNanos() / 1_000_000);
    out.writeNumberField("refused", totals.refused());
    out.writeNumberField("timedOut", totals.timedOut());
    out.writeNumberField("destroyed", totals.destroyed());
    out.writeEndObject();
  }
}
