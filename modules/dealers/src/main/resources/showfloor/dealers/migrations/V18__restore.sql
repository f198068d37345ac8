-- History that an archive tells is taken back as it was told, beside what is recorded here: nobody
-- can write it but in a transaction that takes an archive back, and each row says which one told it.

-- Which archive the current transaction takes back some of; empty in every other. The module that
-- takes archives back replaces it with a view of its tables (CREATE OR REPLACE VIEW, the same
-- columns), and it alone decides when that may be.
CREATE VIEW dealers.restoring AS
  SELECT NULL::uuid AS company_id, NULL::uuid AS archive_id WHERE false;
REVOKE INSERT, UPDATE, DELETE ON dealers.restoring FROM ${role};

CREATE FUNCTION dealers.restored_archive() RETURNS uuid LANGUAGE sql STABLE
RETURN (SELECT r.archive_id FROM dealers.restoring r);
GRANT EXECUTE ON FUNCTION dealers.restored_archive() TO ${role};

-- Null: recorded here. Who did what an archive tells of may be no user of this company.
ALTER TABLE dealers.changes ADD COLUMN archive_id uuid;
ALTER TABLE dealers.consent_history ADD COLUMN archive_id uuid;

-- In which request a note was written, as of every other change.
GRANT EXECUTE ON FUNCTION dealers.request() TO ${role};
ALTER TABLE dealers.notes ADD COLUMN request_id text DEFAULT dealers.request();

-- Statements rely on these; an archive might tell otherwise.
ALTER TABLE dealers.dealers ADD CHECK (jsonb_typeof(custom_fields) = 'object');
ALTER TABLE dealers.changes ADD CHECK (jsonb_typeof(fields) = 'array');

-- What comes out of an archive happened when the archive says so, not now.
CREATE OR REPLACE TRIGGER record_created AFTER INSERT ON dealers.dealers
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT
  WHEN (dealers.restored_archive() IS NULL) EXECUTE FUNCTION dealers.record_created();
CREATE OR REPLACE TRIGGER follow_inserted AFTER INSERT ON dealers.dealers
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT
  WHEN (dealers.restored_archive() IS NULL) EXECUTE FUNCTION dealers.follow_buying_group();
CREATE OR REPLACE TRIGGER record_joined AFTER INSERT ON dealers.label_members
  REFERENCING NEW TABLE AS moved FOR EACH STATEMENT
  WHEN (dealers.restored_archive() IS NULL) EXECUTE FUNCTION dealers.record_label();
CREATE OR REPLACE TRIGGER record_consent AFTER INSERT OR UPDATE ON dealers.consents
  FOR EACH ROW
  WHEN (dealers.restored_archive() IS NULL) EXECUTE FUNCTION dealers.record_consent();

-- Takes lines of one of the histories back; how many were not there yet. What would hang on nothing
-- is left out; IS TRUE: that is looked up, never joined. Refused are lines of what is to come (five
-- minutes are left to clocks that differ), and of dealers whose coming was recorded here. Row-level
-- security holds the rows to the tenant, whatever `company` is.
CREATE FUNCTION dealers.restore_history(company uuid, history text, lines text[]) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  archive constant uuid := dealers.restored_archive();
  latest  constant timestamptz := clock_timestamp() + interval '5 minutes';
  written int;
BEGIN
  IF archive IS NULL THEN
    RAISE insufficient_privilege USING MESSAGE = 'no archive is taken back in this transaction';
  END IF;
  IF EXISTS (
    SELECT FROM unnest(lines) AS line,
      jsonb_to_record(line::jsonb) AS r (dealer_id uuid, at timestamptz, start_date date)
    WHERE r.at > latest
      -- A day has begun when it has somewhere on earth.
      OR r.start_date > ((latest + interval '14 hours') AT TIME ZONE 'UTC')::date
      OR EXISTS (
        SELECT FROM dealers.changes c
        WHERE c.dealer_id = r.dealer_id AND c.kind = 'created' AND c.archive_id IS NULL)) THEN
    RAISE check_violation USING MESSAGE = 'history that an archive cannot know';
  END IF;
  CASE history
    WHEN 'changes' THEN
      INSERT INTO dealers.changes (company_id, dealer_id, at, id, kind, actor_id, request_id,
        note_id, fields, archive_id)
      SELECT company, r.dealer_id, r.at, r.id, r.kind, r.actor_id, r.request_id, r.note_id,
        r.fields, archive
      FROM unnest(lines) AS line, jsonb_populate_record(NULL::dealers.changes, line::jsonb) r
      WHERE r.kind = 'deleted'
        OR EXISTS (SELECT FROM dealers.dealers d WHERE d.id = r.dealer_id)
      ON CONFLICT DO NOTHING;
    WHEN 'consent_history' THEN
      INSERT INTO dealers.consent_history (company_id, dealer_id, at, id, kind, granted, how,
        evidence, given_at, actor_id, request_id, archive_id)
      SELECT company, r.dealer_id, r.at, r.id, r.kind, r.granted, r.how, r.evidence, r.given_at,
        r.actor_id, r.request_id, archive
      FROM unnest(lines) AS line,
        jsonb_populate_record(NULL::dealers.consent_history, line::jsonb) r
      WHERE EXISTS (SELECT FROM dealers.dealers d WHERE d.id = r.dealer_id) IS TRUE
      ON CONFLICT DO NOTHING;
    WHEN 'buying_group_history' THEN
      INSERT INTO dealers.buying_group_history (company_id, dealer_id, start_date, label_id)
      SELECT company, r.dealer_id, r.start_date, r.label_id
      FROM unnest(lines) AS line,
        jsonb_populate_record(NULL::dealers.buying_group_history, line::jsonb) r
      WHERE EXISTS (SELECT FROM dealers.dealers d WHERE d.id = r.dealer_id) IS TRUE
        AND (r.label_id IS NULL OR EXISTS (SELECT FROM dealers.labels l WHERE l.id = r.label_id))
      ON CONFLICT DO NOTHING;
  END CASE;
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END $$;
GRANT EXECUTE ON FUNCTION dealers.restore_history(uuid, text, text[]) TO ${role};

CREATE OR REPLACE VIEW dealers.timeline AS
  SELECT c.company_id, c.dealer_id, c.at, c.id, jsonb_strip_nulls(jsonb_build_object(
    'id', c.id, 'type', c.kind, 'at', dealers.moment(c.at), 'actorId', c.actor_id,
    'requestId', c.request_id, 'archiveId', c.archive_id, 'noteId', c.note_id,
    'fields', c.fields)) AS item
  FROM dealers.changes c
  UNION ALL
  SELECT n.company_id, n.dealer_id, n.created_at, n.id, jsonb_strip_nulls(jsonb_build_object(
    'id', n.id, 'type', 'note', 'at', dealers.moment(n.created_at), 'actorId', n.author_id,
    'requestId', n.request_id, 'content', n.content))
  FROM dealers.notes n
  UNION ALL
  SELECT h.company_id, h.dealer_id, h.at, h.id, jsonb_strip_nulls(jsonb_build_object(
    'id', h.id, 'type', 'consent', 'at', dealers.moment(h.at), 'actorId', h.actor_id,
    'requestId', h.request_id, 'archiveId', h.archive_id,
    'consent', jsonb_build_object('kind', h.kind,
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
