package showfloor.app.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.Priority;
import showfloor.dbapi.runtime.Reconciliation;

/// Who holds the connections, and who waits for one.
final class ConnectionsJson {
  /// A page shows the first in line; the groups count all.
  private static final int SHOWN_MAX = 10;

  private static final JsonFactory JSON = new JsonFactory();

  private ConnectionsJson() {}

  /// For people and scripts: everything, laid out.
  static String of(Observation seen) {
    return text(
            out -> {
              out.useDefaultPrettyPrinter();
              write(seen, Optional.empty(), Integer.MAX_VALUE, out);
            })
        + "\n";
  }

  /// For the page, on one line.
  static String event(Observation seen, Optional<Sample> sample) {
    return text(out -> write(seen, sample, SHOWN_MAX, out));
  }

  /// The samples that the charts begin with, on one line.
  static String of(List<Sample> samples) {
    return text(
        out -> {
          out.writeStartArray();
          for (Sample sample : samples) {
            sample(sample, out);
          }
          out.writeEndArray();
        });
  }

  /// A request that is not done, as a problem.
  static String of(Refusal refusal) {
    return text(
        out -> {
          out.writeStartObject();
          out.writeStringField("type", "about:blank");
          out.writeStringField("title", refusal.title());
          out.writeNumberField("status", refusal.status());
          out.writeStringField("code", refusal.code());
          out.writeStringField("detail", refusal.detail());
          out.writeEndObject();
        });
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(JsonGenerator out) throws IOException;
  }

  private static String text(Content content) {
    StringWriter text = new StringWriter(1_024);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Observation seen, Optional<Sample> sample, int shown, JsonGenerator out)
      throws IOException {
    PoolFacts facts = seen.pool();
    out.writeStartObject();
    out.writeStringField("at", seen.at().toString());
    ready(seen, out);
    pool(facts, out);
    array("connections", facts.leases(), ConnectionsJson::lease, out);
    array("queue", facts.waiting().stream().limit(shown).toList(), ConnectionsJson::waiter, out);
    array("queueGroups", QueueGroup.of(facts.waiting()), ConnectionsJson::group, out);
    array("modules", facts.modules(), ConnectionsJson::module, out);
    totals(facts.totals(), out);
    reconciliation(seen, out);
    array("warnings", seen.warnings(), ConnectionsJson::warning, out);
    actions(seen.actions(), out);
    if (sample.isPresent()) {
      out.writeFieldName("sample");
      sample(sample.get(), out);
    }
    out.writeEndObject();
  }

  @FunctionalInterface
  private interface Element<T> {
    void write(T element, JsonGenerator out) throws IOException;
  }

  private static <T> void array(String name, List<T> all, Element<T> element, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (T one : all) {
      element.write(one, out);
    }
    out.writeEndArray();
  }

  private static void ready(Observation seen, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("readiness");
    out.writeBooleanField("ready", seen.ready().ready());
    out.writeStringField("reason", seen.ready().reason());
    out.writeEndObject();
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
    out.writeStringField("session", lease.session());
    array("stack", lease.stack(), (frame, to) -> to.writeString(frame), out);
    out.writeEndObject();
  }

  private static void waiter(PoolFacts.Waiter waiter, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("module", waiter.module());
    out.writeStringField("operation", waiter.operation());
    out.writeStringField("requestId", waiter.requestId());
    out.writeStringField("priority", name(waiter.priority()));
    out.writeNumberField("waitedMs", waiter.waitedMs());
    out.writeEndObject();
  }

  private static void group(QueueGroup group, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("module", group.module());
    out.writeStringField("priority", name(group.priority()));
    out.writeNumberField("waiting", group.waiting());
    out.writeNumberField("longestMs", group.longestMs());
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
    out.writeObjectFieldStart("refusals");
    for (Map.Entry<String, Long> reason : totals.refusals().entrySet()) {
      out.writeNumberField(reason.getKey(), reason.getValue());
    }
    out.writeEndObject();
    out.writeNumberField("timedOut", totals.timedOut());
    out.writeNumberField("destroyed", totals.destroyed());
    out.writeEndObject();
  }

  private static void module(PoolFacts.ModuleFacts module, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("module", module.module());
    out.writeNumberField("leases", module.leases());
    out.writeNumberField("waitMs", module.waitNanos() / 1_000_000);
    out.writeNumberField("heldMs", module.heldNanos() / 1_000_000);
    out.writeNumberField("refused", module.refused());
    out.writeNumberField("timedOut", module.timedOut());
    out.writeNumberField("destroyed", module.destroyed());
    out.writeEndObject();
  }

  private static void reconciliation(Observation seen, JsonGenerator out) throws IOException {
    if (seen.reconciliation().isEmpty()) {
      out.writeNullField("reconciliation");
      return;
    }
    Reconciliation last = seen.reconciliation().get();
    out.writeObjectFieldStart("reconciliation");
    out.writeStringField("at", last.at().toString());
    out.writeNumberField("held", last.held());
    out.writeNumberField("inUse", last.inUse());
    out.writeNumberField("poolConnections", last.poolConnections());
    out.writeNumberField("sessions", last.sessions());
    array("differences", last.differences(), (text, to) -> to.writeString(text), out);
    array("foreign", last.foreign(), ConnectionsJson::session, out);
    array("stale", last.stale(), ConnectionsJson::session, out);
    out.writeEndObject();
  }

  private static void session(Reconciliation.Session session, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("pid", session.pid());
    out.writeStringField("applicationName", session.applicationName());
    out.writeStringField("clientAddress", session.clientAddress());
    out.writeStringField("state", session.state());
    out.writeStringField("since", session.since());
    out.writeEndObject();
  }

  private static void warning(Warning warning, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("code", warning.code());
    out.writeStringField("text", warning.text());
    out.writeEndObject();
  }

  private static void actions(Actions.State actions, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("actions");
    out.writeBooleanField("on", actions.on());
    out.writeBooleanField("token", actions.token());
    out.writeStringField("reason", actions.reason());
    out.writeEndObject();
  }

  private static void sample(Sample sample, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("at", sample.at().toEpochMilli());
    out.writeNumberField("held", rounded(sample.held()));
    out.writeNumberField("waiting", sample.waiting());
    out.writeNumberField("longestWaitMs", sample.longestWaitMs());
    out.writeNumberField("leases", rounded(sample.leases() / sample.seconds()));
    out.writeNumberField("refused", rounded(sample.refused() / sample.seconds()));
    out.writeEndObject();
  }

  private static String name(Priority priority) {
    return priority.name().toLowerCase(Locale.ROOT);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
