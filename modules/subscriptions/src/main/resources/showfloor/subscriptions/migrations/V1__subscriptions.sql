-- System table: an event of the payment provider names its customer, not the company. The row is
-- also the lock under which the customer's subscriptions are written.
CREATE TABLE subscriptions.customers (
  provider    text        NOT NULL CHECK (provider <> '' AND length(provider) <= 30),
  customer_id text        NOT NULL CHECK (customer_id <> '' AND length(customer_id) <= 255),
  company_id  uuid        NOT NULL,
  created_at  timestamptz NOT NULL,
  -- Fetches from the provider are numbered as they begin. One that began before another which was
  -- stored may hold an older state, and is dropped.
  fetch_no    bigint      NOT NULL DEFAULT 0,
  stored_no   bigint      NOT NULL DEFAULT 0 CHECK (stored_no <= fetch_no),
  stored_at   timestamptz,
  -- When the next look is due although no event asks for it: an event may be lost.
  look_at     timestamptz,
  checkout_at timestamptz,
  PRIMARY KEY (provider, customer_id),
  UNIQUE (provider, company_id)
);
CREATE INDEX customers_look ON subscriptions.customers (look_at) WHERE look_at IS NOT NULL;

-- Every subscription that a company ever had, as the provider told it last.
CREATE TABLE subscriptions.subscriptions (
  company_id           uuid        NOT NULL,
  id                   uuid        NOT NULL,
  provider             text        NOT NULL,
  provider_id          text        NOT NULL CHECK (provider_id <> '' AND length(provider_id) <= 255),
  status               text        NOT NULL,
  plan                 text,
  created_at           timestamptz NOT NULL,
  period_start         timestamptz NOT NULL,
  period_end           timestamptz NOT NULL,
  cancel_at_period_end boolean     NOT NULL,
  canceled_at          timestamptz,
  ended_at             timestamptz,
  PRIMARY KEY (company_id, id),
  UNIQUE (company_id, provider, provider_id)
);
SELECT dbapi.protect_tenant_table('subscriptions.subscriptions');

-- Who asked for which payment.
CREATE TABLE subscriptions.checkouts (
  company_id  uuid        NOT NULL,
  id          uuid        NOT NULL,
  provider    text        NOT NULL,
  provider_id text        NOT NULL CHECK (provider_id <> '' AND length(provider_id) <= 255),
  user_id     uuid        NOT NULL,
  plan        text        NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (company_id, id),
  UNIQUE (company_id, provider, provider_id)
);
SELECT dbapi.protect_tenant_table('subscriptions.checkouts');

-- System table: the wall asks beside the token, before it knows whose rows may be seen. Each row
-- repeats the one of a company's subscriptions that decides, and is written with it.
CREATE TABLE subscriptions.standings (
  company_id           uuid        NOT NULL PRIMARY KEY,
  subscription_id      uuid        NOT NULL,
  provider             text        NOT NULL,
  provider_id          text        NOT NULL,
  status               text        NOT NULL,
  plan                 text,
  created_at           timestamptz NOT NULL,
  period_start         timestamptz NOT NULL,
  period_end           timestamptz NOT NULL,
  cancel_at_period_end boolean     NOT NULL,
  canceled_at          timestamptz,
  ended_at             timestamptz,
  FOREIGN KEY (company_id, subscription_id) REFERENCES subscriptions.subscriptions (company_id, id)
    ON DELETE CASCADE
);

-- How far a provider's clock is ahead of ours. Empty until a provider whose clock can be moved
-- replaces it (CREATE OR REPLACE VIEW, the same columns).
CREATE VIEW subscriptions.provider_clocks AS
  SELECT NULL::text AS provider, NULL::bigint AS ahead_ms WHERE false;

-- What the rule of access decides on.
CREATE VIEW subscriptions.standing_of AS
  SELECT s.company_id, json_build_object(
    'provider', s.provider,
    'aheadMs', coalesce((
      SELECT c.ahead_ms FROM subscriptions.provider_clocks c WHERE c.provider = s.provider), 0),
    'id', s.subscription_id,
    'providerId', s.provider_id,
    'status', s.status,
    'plan', s.plan,
    'createdAt', floor(extract(epoch FROM s.created_at) * 1000)::bigint,
    'periodStart', floor(extract(epoch FROM s.period_start) * 1000)::bigint,
    'periodEnd', floor(extract(epoch FROM s.period_end) * 1000)::bigint,
    'cancelAtPeriodEnd', s.cancel_at_period_end,
    'canceledAt', floor(extract(epoch FROM s.canceled_at) * 1000)::bigint,
    'endedAt', floor(extract(epoch FROM s.ended_at) * 1000)::bigint) AS facts
  FROM subscriptions.standings s;

-- The paywall reads it beside the token.
CREATE OR REPLACE VIEW auth.access_of AS
  SELECT s.company_id, s.facts FROM subscriptions.standing_of s;

-- Published: which fetch of a customer's state was stored last, for a provider that wants to answer
-- when its news has arrived.
CREATE VIEW subscriptions.fetches AS
  SELECT c.provider, c.customer_id, c.fetch_no, c.stored_no FROM subscriptions.customers c;

REVOKE INSERT, UPDATE, DELETE ON subscriptions.provider_clocks, subscriptions.standing_of,
  subscriptions.fetches FROM ${role};

-- Who pays, and for whom.
GRANT USAGE ON SCHEMA auth TO ${role};
GRANT SELECT ON auth.payers TO ${role};
