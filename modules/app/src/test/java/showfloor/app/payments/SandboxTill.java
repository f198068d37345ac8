package showfloor.app.payments;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import showfloor.app.payments.Shop.Payer;
import showfloor.httpclient.HttpCalls;
import showfloor.sandbox.SandboxDomain;
import showfloor.subscriptions.PaymentProvider;
import showfloor.testing.Payments;
import showfloor.testing.Reply;
import showfloor.testing.TestServer.Parts;
import showfloor.testing.stripe.EventRelay;

/// The sandbox.
final class SandboxTill implements Till {
  private static final String[] IMPATIENT = {"Request-Timeout", "2000"};

  private final HttpCalls calls = new HttpCalls(Duration.ofSeconds(5));
  private final AtomicReference<@Nullable PaymentProvider> provider = new AtomicReference<>();

  @Override
  public Sold provider(Parts parts, EventRelay events) {
    SandboxDomain sandbox =
        new SandboxDomain(parts.database(), calls, events::origin, parts.sessions()::forgetAll);
    provider.set(sandbox.provider());
    return new Sold(sandbox.provider(), Optional.of(sandbox));
  }

  /// Where events wait on their way, the sandbox gives up, or runs out of time, and says so.
  @Override
  public void pay(Payer payer) {
    done(Payments.complete(payer.client(), payer.checkout(), IMPATIENT));
  }

  private static void done(Reply reply) {
    if (reply.status() != 503 && reply.status() != 504) {
      reply.expect(200);
    }
  }

  @Override
  public String customerOf(Shop shop, Payer payer) {
    PaymentProvider sandbox = Objects.requireNonNull(provider.get());
    return shop.server()
        .in(new UUID(0, 0), () -> sandbox.findCheckout(payer.checkout()))
        .orElseThrow()
        .customerId();
  }

  @Override
  public Payer overdue(Shop shop, Duration since) {
    Payer payer = shop.subscriber();
    Payments.decline(payer.client(), payer.checkout()).expect(200);
    Payments.advance(payer.client(), since.toString()).expect(200);
    return payer;
  }

  @Override
  public void payDue(Payer payer) {
    Payments.complete(payer.client(), payer.checkout()).expect(200);
  }

  @Override
  public void endPeriodOf(Payer payer) {
    done(Payments.advance(payer.client(), "P32D", IMPATIENT));
  }

  @Override
  public void close() {
    calls.close();
  }
}
