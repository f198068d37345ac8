-- What a dealer has allowed or forbidden, as it is now.
CREATE TABLE dealers.consents (
  company_id  uuid NOT NULL,
  dealer_id   uuid NOT NULL,
  kind        text NOT NULL CHECK (length(kind) <= 100),
  granted     boolean NOT NULL,
  how         text NOT NULL CHECK (length(how) <= 100),
  evidence    text CHECK (length(evidence) <= 2000),
  given_at    timestamptz NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, dealer_id, kind),
  FOREIGN KEY (company_id, dealer_id) REFERENCES dealers.dealers (company_id, id) ON DELETE CASCADE
);
SELECT dbapi.protect_tenant_table('dealers.consents');
REVOKE DELETE ON dealers.consents FROM ${role};

-- What it was, each time that it was recorded. Only the trigger below writes it.
CREATE TABLE dealers.consent_history (
  company_id uuid NOT NULL,
  dealer_id  uuid NOT NULL,
  at         timestamptz NOT NULL,
  id         uuid NOT NULL,
  kind       text NOT NULL,
  granted    boolean NOT NULL,
  how        text NOT NULL,
  evidence   text,
  given_at   timestamptz NOT NULL,
  actor_id   uuid,
  request_id text,
  PRIMARY KEY (company_id, dealer_id, at, id),
  FOREIGN KEY (company_id, dealer_id) REFERENCES dealers.dealers (company_id, id) ON DELETE CASCADE
);
SELECT dbapi.protect_tenant_table('dealers.consent_history');
REVOKE INSERT, UPDATE, DELETE ON dealers.consent_history FROM ${role};

CREATE FUNCTION dealers.record_consent() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO dealers.consent_history (
    company_id, dealer_id, at, id, kind, granted, how, evidence, given_at, actor_id, request_id)
  VALUES (
    NEW.company_id, NEW.dealer_id, clock_timestamp(), gen_random_uuid(), NEW.kind, NEW.granted,
    NEW.how, NEW.evidence, NEW.given_at, dealers.actor(), dealers.request());
  RETURN NULL;
END $$;
CREATE TRIGGER record_consent AFTER INSERT OR UPDATE ON dealers.consents
  FOR EACH ROW EXECUTE FUNCTION dealers.record_consent();

CREATE FUNCTION dealers.moment(value timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(value AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
GRANT EXECUTE ON FUNCTION dealers.moment(timestamptz) TO ${role};

-- All that ever happened to a dealer, as the API answers it. What other modules keep on a dealer
-- stands at the moment when it was made.
CREATE VIEW dealers.timeline AS
  SELECT c.company_id, c.dealer_id, c.at, c.id, jsonb_strip_nulls(jsonb_build_object(
    'id', c.id, 'type', c.kind, 'at', dealers.moment(c.at), 'actorId', c.actor_id,
    'requestId', c.request_id, 'noteId', c.note_id, 'fields', c.fields)) AS item
  FROM dealers.changes c
  UNION ALL
  SELECT n.company_id, n.dealer_id, n.created_at, n.id, jsonb_strip_nulls(jsonb_build_object(
    'id', n.id, 'type', 'note', 'at', dealers.moment(n.created_at), 'actorId', n.author_id,
    'content', n.content))
  FROM dealers.notes n
  UNION ALL
  SELECT h.company_id, h.dealer_id, h.at, h.id, jsonb_strip_nulls(jsonb_build_object(
    'id', h.id, 'type', 'consent', 'at', dealers.moment(h.at), 'actorId', h.actor_id,
    'requestId', h.request_id, 'consent', jsonb_build_object('kind', h.kind,
      'granted', h.granted, 'how', h.how, 'evidence', h.evidence,
      'givenAt', dealers.moment(h.given_at))))
  FROM dealers.consent_history h
  UNION ALL
  SELECT k.company_id, k.dealer_id, (k.item ->> 'createdAt')::timestamptz, k.id,
    jsonb_build_object('id', k.id, 'type', k.type, 'at',
      dealers.moment((k.item ->> 'createdAt')::timestamptz), k.type, k.item)
  FROM (
    SELECT p.company_id, p.dealer_id, p.id, 'photo' AS type, p.item FROM dealers.photos_of p
    UNION ALL
    SELECT r.company_id, r.dealer_id, r.id, 'recording', r.item FROM dealers.recordings_of r
    UNION ALL
    SELECT t.company_id, t.dealer_id, t.id, 'todo', t.item FROM dealers.todos_of t
    UNION ALL
    SELECT s.company_id, s.dealer_id, s.show_id, 'show', s.item FROM dealers.shows_of s) k
  WHERE k.item ->> 'createdAt' IS NOT NULL;
REVOKE INSERT, UPDATE, DELETE ON dealers.timeline FROM ${role};
