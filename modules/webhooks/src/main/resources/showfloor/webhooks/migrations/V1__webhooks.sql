-- System table: an event of the payment provider names its customer, not the company.
CREATE TABLE webhooks.events (
  provider    text        NOT NULL CHECK (provider <> '' AND length(provider) <= 30),
  event_id    text        NOT NULL CHECK (event_id <> '' AND length(event_id) <= 255),
  type        text        NOT NULL CHECK (length(type) <= 255),
  -- Absent where the event is about no customer.
  customer_id text        CHECK (customer_id <> '' AND length(customer_id) <= 255),
  -- The provider's time.
  created_at  timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  -- pending: to be worked on; parked: its customer is unknown, it is tried again; done: the state
  -- that it tells of is stored; ignored: it is about no subscription.
  state       text        NOT NULL CHECK (state IN ('pending', 'parked', 'done', 'ignored')),
  tries       integer     NOT NULL DEFAULT 0,
  -- Not before this; whoever works on an event moves it, so that another one takes over if it dies.
  try_at      timestamptz NOT NULL,
  done_at     timestamptz,
  PRIMARY KEY (provider, event_id)
);
CREATE INDEX events_waiting ON webhooks.events (try_at) WHERE state IN ('pending', 'parked');
CREATE INDEX events_done ON webhooks.events (received_at) WHERE state IN ('done', 'ignored');
