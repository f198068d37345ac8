-- Buying groups are labels, of which a dealer has at most one at a time. Their names stand in
-- dealers.buying_group as well, and the two stay in step, whichever is written. One that is deleted
-- is kept for the history of its dealers.
ALTER TABLE dealers.labels
  DROP CONSTRAINT labels_kind_check,
  ADD CONSTRAINT labels_kind_check CHECK (kind IN ('group', 'product', 'buying_group')),
  DROP CONSTRAINT labels_name,
  ADD COLUMN deleted_at timestamptz;
CREATE UNIQUE INDEX labels_name ON dealers.labels (company_id, kind, name)
  WHERE deleted_at IS NULL;

-- In which buying group a dealer is from a day on, null: in none, until the next such day. The key
-- leaves no room for two at a time. Only the functions below write it.
CREATE TABLE dealers.buying_group_history (
  company_id uuid NOT NULL,
  dealer_id  uuid NOT NULL,
  start_date date NOT NULL,
  label_id   uuid,
  PRIMARY KEY (company_id, dealer_id, start_date),
  FOREIGN KEY (company_id, dealer_id) REFERENCES dealers.dealers (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, label_id) REFERENCES dealers.labels (company_id, id)
);
SELECT dbapi.protect_tenant_table('dealers.buying_group_history');
REVOKE INSERT, UPDATE, DELETE ON dealers.buying_group_history FROM ${role};

-- Dealers that are there already joined when they came.
ALTER TABLE dealers.dealers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE dealers.labels NO FORCE ROW LEVEL SECURITY;
ALTER TABLE dealers.buying_group_history NO FORCE ROW LEVEL SECURITY;
INSERT INTO dealers.labels (company_id, id, kind, name, created_at, updated_at)
SELECT d.company_id, gen_random_uuid(), 'buying_group', d.buying_group, now(), now()
FROM dealers.dealers d WHERE d.buying_group IS NOT NULL GROUP BY d.company_id, d.buying_group;
INSERT INTO dealers.buying_group_history (company_id, dealer_id, start_date, label_id)
SELECT d.company_id, d.id, (d.created_at AT TIME ZONE 'UTC')::date, l.id
FROM dealers.dealers d JOIN dealers.labels l
  ON l.company_id = d.company_id AND l.kind = 'buying_group' AND l.name = d.buying_group;
ALTER TABLE dealers.dealers FORCE ROW LEVEL SECURITY;
ALTER TABLE dealers.labels FORCE ROW LEVEL SECURITY;
ALTER TABLE dealers.buying_group_history FORCE ROW LEVEL SECURITY;

-- Makes the buying groups of these names where there are none, and holds all of them, so that none
-- is renamed or deleted while dealers join it. One that was, while this waited, is made anew.
CREATE FUNCTION dealers.hold_buying_groups(names text[]) RETURNS void
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
  moment  constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  held    int;
BEGIN
  LOOP
    INSERT INTO dealers.labels (company_id, id, kind, name, created_at, updated_at)
    SELECT company, gen_random_uuid(), 'buying_group', n.name, moment, moment
    FROM unnest(names) AS n (name)
    WHERE NOT EXISTS (
      SELECT FROM dealers.labels l
      WHERE l.company_id = company AND l.kind = 'buying_group' AND l.name = n.name
        AND l.deleted_at IS NULL)
    ORDER BY n.name
    ON CONFLICT DO NOTHING;
    SELECT count(*) INTO held FROM (
      SELECT FROM dealers.labels l
      WHERE l.company_id = company AND l.kind = 'buying_group' AND l.name = ANY (names)
        AND l.deleted_at IS NULL
      ORDER BY l.id FOR KEY SHARE) h;
    EXIT WHEN held = cardinality(names);
  END LOOP;
END $$;

-- Dealers came with a buying group, or were given another: their history follows, from today (UTC)
-- on. Who waits for another transaction that makes the same group waits two seconds. The plans keep
-- to the indexes, whatever the statistics say.
CREATE FUNCTION dealers.follow_buying_group() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
  SET enable_seqscan = off
  SET enable_mergejoin = off
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
  today   constant date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  ids     uuid[];
  names   text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(w.id), array_agg(w.buying_group) INTO ids, names
    FROM written w WHERE w.buying_group IS NOT NULL;
  ELSE
    SELECT array_agg(w.id), array_agg(w.buying_group) INTO ids, names
    FROM written w
    -- A hashed look-up, where a join might be planned as a loop in a loop.
    WHERE (w.id, coalesce(w.buying_group, '')) NOT IN (
      SELECT o.id, coalesce(o.buying_group, '') FROM replaced o);
  END IF;
  IF ids IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM dealers.hold_buying_groups(
    ARRAY(SELECT DISTINCT n.name FROM unnest(names) AS n (name) WHERE n.name IS NOT NULL));
  INSERT INTO dealers.buying_group_history (company_id, dealer_id, start_date, label_id)
  SELECT company, w.id, greatest(today, last.start_date), l.id
  FROM unnest(ids, names) AS w (id, name)
    LEFT JOIN dealers.labels l ON l.company_id = company AND l.kind = 'buying_group'
      AND l.name = w.name AND l.deleted_at IS NULL
    LEFT JOIN LATERAL (
      SELECT h.start_date, h.label_id FROM dealers.buying_group_history h
      WHERE h.company_id = company AND h.dealer_id = w.id
      ORDER BY h.start_date DESC LIMIT 1) last ON true
  WHERE last.label_id IS DISTINCT FROM l.id
  ON CONFLICT (company_id, dealer_id, start_date) DO UPDATE SET label_id = EXCLUDED.label_id;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_inserted AFTER INSERT ON dealers.dealers
  REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION dealers.follow_buying_group();
CREATE TRIGGER follow_updated AFTER UPDATE ON dealers.dealers
  REFERENCING OLD TABLE AS replaced NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION dealers.follow_buying_group();

-- Renames a buying group of the current company, with its dealers; false where there is none, none
-- of the expected version, or the name is taken.
CREATE FUNCTION dealers.rename_buying_group(target uuid, new_name text, expected bigint)
  RETURNS boolean LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
AS $$
DECLARE
  company  constant uuid := current_setting('app.company_id')::uuid;
  moment   constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  old_name text;
BEGIN
  SELECT l.name INTO old_name FROM dealers.labels l
  WHERE l.company_id = company AND l.id = target AND l.kind = 'buying_group'
    AND l.deleted_at IS NULL AND (expected IS NULL OR l.version = expected)
  FOR UPDATE;
  IF NOT FOUND OR EXISTS (
    SELECT FROM dealers.labels l
    WHERE l.company_id = company AND l.kind = 'buying_group' AND l.name = new_name
      AND l.deleted_at IS NULL AND l.id <> target) THEN
    RETURN false;
  END IF;
  UPDATE dealers.labels l SET name = new_name, version = l.version + 1, updated_at = moment
  WHERE l.company_id = company AND l.id = target;
  UPDATE dealers.dealers d SET buying_group = new_name, version = d.version + 1,
    updated_at = greatest(d.updated_at, moment)
  WHERE d.company_id = company AND d.buying_group = old_name AND new_name <> old_name;
  RETURN true;
END $$;

-- Ends a buying group of the current company, and that its dealers are in it; false where there is
-- none, or none of the expected version.
CREATE FUNCTION dealers.delete_buying_group(target uuid, expected bigint)
  RETURNS boolean LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
AS $$
DECLARE
  company  constant uuid := current_setting('app.company_id')::uuid;
  moment   constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  old_name text;
BEGIN
  SELECT l.name INTO old_name FROM dealers.labels l
  WHERE l.company_id = company AND l.id = target AND l.kind = 'buying_group'
    AND l.deleted_at IS NULL AND (expected IS NULL OR l.version = expected)
  FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE dealers.labels l SET deleted_at = moment, version = l.version + 1, updated_at = moment
  WHERE l.company_id = company AND l.id = target;
  UPDATE dealers.dealers d SET buying_group = NULL, version = d.version + 1,
    updated_at = greatest(d.updated_at, moment)
  WHERE d.company_id = company AND d.buying_group = old_name;
  RETURN true;
END $$;

-- Lets dealers join a buying group of the current company from a day on, and others leave it. All or
-- none: 'MISSING' where the group or a dealer is not there, 'LATER' where one of them joined or left
-- a group after that day, 'FUTURE' where the day has begun nowhere on earth, 'DONE' otherwise. No day
-- is today (UTC). Who leaves another group, or is in already, does nothing.
CREATE FUNCTION dealers.move_in_buying_group(
    target uuid, joining uuid[], leaving uuid[], day date)
  RETURNS TABLE (outcome text, added bigint, removed bigint)
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
  moment  constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  named   constant uuid[] := joining || leaving;
  since   constant date := coalesce(day, (moment AT TIME ZONE 'UTC')::date);
  group_name text;
  moved   uuid[];
BEGIN
  SELECT l.name INTO group_name FROM dealers.labels l
  WHERE l.company_id = company AND l.id = target AND l.kind = 'buying_group'
    AND l.deleted_at IS NULL
  FOR KEY SHARE;
  IF NOT FOUND OR cardinality(named) > (SELECT count(*) FROM (
      SELECT FROM dealers.dealers d WHERE d.company_id = company AND d.id = ANY (named)
      ORDER BY d.id FOR UPDATE) h) THEN
    RETURN QUERY SELECT 'MISSING', 0::bigint, 0::bigint;
    RETURN;
  END IF;
  IF since > ((moment + interval '14 hours') AT TIME ZONE 'UTC')::date THEN
    RETURN QUERY SELECT 'FUTURE', 0::bigint, 0::bigint;
    RETURN;
  END IF;
  moved := ARRAY(
    SELECT d.id FROM dealers.dealers d
    WHERE d.company_id = company AND d.id = ANY (named)
      AND (d.buying_group IS NOT DISTINCT FROM group_name) = (d.id = ANY (leaving)));
  IF EXISTS (
    SELECT FROM dealers.buying_group_history h
    WHERE h.company_id = company AND h.dealer_id = ANY (moved) AND h.start_date > since) THEN
    RETURN QUERY SELECT 'LATER', 0::bigint, 0::bigint;
    RETURN;
  END IF;
  INSERT INTO dealers.buying_group_history (company_id, dealer_id, start_date, label_id)
  SELECT company, m.id, since, CASE WHEN m.id = ANY (joining) THEN target END
  FROM unnest(moved) AS m (id)
  ON CONFLICT (company_id, dealer_id, start_date) DO UPDATE SET label_id = EXCLUDED.label_id;
  -- After the history, so that the trigger finds both in step.
  UPDATE dealers.dealers d
  SET buying_group = CASE WHEN d.id = ANY (joining) THEN group_name END,
    version = d.version + 1, updated_at = greatest(d.updated_at, moment)
  WHERE d.company_id = company AND d.id = ANY (moved);
  RETURN QUERY SELECT 'DONE', count(*) FILTER (WHERE m.id = ANY (joining)),
    count(*) FILTER (WHERE m.id = ANY (leaving))
    FROM unnest(moved) AS m (id);
END $$;
GRANT EXECUTE ON FUNCTION dealers.rename_buying_group(uuid, text, bigint),
  dealers.delete_buying_group(uuid, bigint),
  dealers.move_in_buying_group(uuid, uuid[], uuid[], date) TO ${role};
