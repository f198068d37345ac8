-- All tables here are system tables: the sandbox plays a provider, which knows customers and no
-- tenants, and is asked before anyone knows whose customer it is.

-- The provider itself: one row.
CREATE TABLE sandbox.provider (
  id             integer NOT NULL PRIMARY KEY CHECK (id = 1),
  webhook_secret text    NOT NULL CHECK (length(webhook_secret) >= 32),
  -- How far its clock is ahead.
  ahead_ms       bigint  NOT NULL
);
INSERT INTO sandbox.provider (id, webhook_secret, ahead_ms)
VALUES (1, 'whsec_' || encode(sha256((gen_random_uuid()::text || gen_random_uuid())::bytea), 'hex'),
  0);

CREATE TABLE sandbox.customers (
  customer_id text        NOT NULL PRIMARY KEY,
  company_id  uuid        NOT NULL UNIQUE,
  email       text        NOT NULL,
  created_at  timestamptz NOT NULL
);

CREATE TABLE sandbox.subscriptions (
  subscription_id      text        NOT NULL PRIMARY KEY,
  customer_id          text        NOT NULL REFERENCES sandbox.customers (customer_id),
  plan                 text        NOT NULL,
  status               text        NOT NULL,
  created_at           timestamptz NOT NULL,
  period_start         timestamptz NOT NULL,
  period_end           timestamptz NOT NULL,
  cancel_at_period_end boolean     NOT NULL,
  canceled_at          timestamptz,
  ended_at             timestamptz,
  -- The card declines from now on.
  declines             boolean     NOT NULL
);
CREATE INDEX subscriptions_customer ON sandbox.subscriptions (customer_id);
CREATE INDEX subscriptions_period ON sandbox.subscriptions (period_end) WHERE ended_at IS NULL;

CREATE TABLE sandbox.checkouts (
  checkout_id     text        NOT NULL PRIMARY KEY,
  key             text        NOT NULL UNIQUE,
  customer_id     text        NOT NULL REFERENCES sandbox.customers (customer_id),
  plan            text        NOT NULL,
  success_url     text        NOT NULL,
  cancel_url      text        NOT NULL,
  created_at      timestamptz NOT NULL,
  subscription_id text        REFERENCES sandbox.subscriptions (subscription_id)
);

-- What is to be told to the server's webhook route, in this order.
CREATE TABLE sandbox.events (
  no           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id  text        NOT NULL,
  body         text        NOT NULL,
  -- From then on it is sent by whoever sees it: it waits for its sender, or for another try.
  send_at      timestamptz NOT NULL,
  delivered_at timestamptz
);
CREATE INDEX events_waiting ON sandbox.events (send_at) WHERE delivered_at IS NULL;

-- Access is decided by the clock of whoever sold it.
CREATE OR REPLACE VIEW subscriptions.provider_clocks AS
  SELECT 'sandbox'::text AS provider, p.ahead_ms FROM sandbox.provider p;

-- Tells when its news has arrived.
GRANT USAGE ON SCHEMA subscriptions TO ${role};
GRANT SELECT ON subscriptions.fetches TO ${role};
