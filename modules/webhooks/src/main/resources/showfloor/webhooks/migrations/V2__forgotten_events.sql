-- Every event is forgotten in the end, however it stands.
CREATE INDEX events_received ON webhooks.events (received_at);
DROP INDEX webhooks.events_done;
