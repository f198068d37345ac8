-- Who put on a dealer what modules above keep there, and in which request. Each is empty until the
-- module that owns the data replaces it (CREATE OR REPLACE VIEW, the same columns). Views of their
-- own, since those of what is kept are replaced with the columns that they have.
CREATE VIEW dealers.makers_of_files AS
  SELECT NULL::uuid AS company_id, NULL::uuid AS dealer_id, NULL::uuid AS id,
    NULL::uuid AS actor_id, NULL::text AS request_id
  WHERE false;
CREATE VIEW dealers.makers_of_todos AS
  SELECT NULL::uuid AS company_id, NULL::uuid AS dealer_id, NULL::uuid AS id,
    NULL::uuid AS actor_id, NULL::text AS request_id
  WHERE false;
CREATE VIEW dealers.makers_of_links AS
  SELECT NULL::uuid AS company_id, NULL::uuid AS dealer_id, NULL::uuid AS show_id,
    NULL::uuid AS actor_id, NULL::text AS request_id
  WHERE false;
REVOKE INSERT, UPDATE, DELETE ON dealers.makers_of_files, dealers.makers_of_todos,
  dealers.makers_of_links FROM ${role};

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
    -- What is null within the item stays.
    jsonb_build_object('id', k.id, 'type', k.type, 'at',
      dealers.moment((k.item ->> 'createdAt')::timestamptz), k.type, k.item)
      || jsonb_strip_nulls(jsonb_build_object('actorId', k.actor_id, 'requestId', k.request_id))
  FROM (
    SELECT f.company_id, f.dealer_id, f.id, f.type, f.item, m.actor_id, m.request_id
    FROM (
      SELECT p.company_id, p.dealer_id, p.id, 'photo' AS type, p.item FROM dealers.photos_of p
      UNION ALL
      SELECT r.company_id, r.dealer_id, r.id, 'recording', r.item FROM dealers.recordings_of r) f
    LEFT JOIN dealers.makers_of_files m USING (company_id, dealer_id, id)
    UNION ALL
    SELECT t.company_id, t.dealer_id, t.id, 'todo', t.item, m.actor_id, m.request_id
    FROM dealers.todos_of t LEFT JOIN dealers.makers_of_todos m USING (company_id, dealer_id, id)
    UNION ALL
    SELECT s.company_id, s.dealer_id, s.show_id, 'show', s.item, m.actor_id, m.request_id
    FROM dealers.shows_of s
      LEFT JOIN dealers.makers_of_links m USING (company_id, dealer_id, show_id)) k
  WHERE k.item ->> 'createdAt' IS NOT NULL;
