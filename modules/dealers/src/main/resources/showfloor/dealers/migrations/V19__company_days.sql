-- Which day it is where the current company is. A server without auth's tables knows of no time
-- zones: its days are those of UTC.
CREATE FUNCTION dealers.today() RETURNS date
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  zone text;
BEGIN
  IF to_regclass('auth.company_zones') IS NOT NULL THEN
    SELECT z.time_zone INTO zone FROM auth.company_zones z;
  END IF;
  RETURN (clock_timestamp() AT TIME ZONE coalesce(zone, 'UTC'))::date;
END $$;
DO $$ BEGIN
  IF to_regclass('auth.company_zones') IS NOT NULL THEN
    GRANT SELECT ON auth.company_zones TO ${role};
  END IF;
END $$;

-- Who comes back on the day of leaving never left: drops the last line of a dealer's history where
-- it says what the line before says.
CREATE FUNCTION dealers.join_memberships(dealers_moved uuid[]) RETURNS void
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
BEGIN
  DELETE FROM dealers.buying_group_history h
  USING unnest(dealers_moved) AS m (id)
    CROSS JOIN LATERAL (
      SELECT l.start_date, l.label_id FROM dealers.buying_group_history l
      WHERE l.company_id = company AND l.dealer_id = m.id
      ORDER BY l.start_date DESC LIMIT 1) last
  WHERE h.company_id = company AND h.dealer_id = m.id AND h.start_date = last.start_date
    AND last.label_id IS NOT DISTINCT FROM (
      SELECT b.label_id FROM dealers.buying_group_history b
      WHERE b.company_id = company AND b.dealer_id = m.id AND b.start_date < last.start_date
      ORDER BY b.start_date DESC LIMIT 1);
END $$;

-- As in V7, but that today is the company's.
CREATE OR REPLACE FUNCTION dealers.follow_buying_group() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
  SET enable_seqscan = off
  SET enable_mergejoin = off
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
  today   date;
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
  today := dealers.today();
  PERFORM dealers.hold_buying_groups(
    ARRAY(SELECT DISTINCT n.name FROM unnest(names) AS n (name) WHERE n.name IS NOT NULL));
  INSERT INTO dealers.buying_group_history (company_id, dealer_id, start_date, label_id)
  SELECT company, w.id, greatest(today, last.start_date), l.id
  FROM unnest(ids, names) AS w (id, name)
    LEFT JOIN dealers.labels l ON l.company_id = company AND l.kind = 'buying_group'
      AND l.name = w.name AND l.deleted_at IS NULL
    LEFT JOIN LATERAL (
      SELECT h.start_date, h.label_id FROM dealers.buying_group_history h
      -- Who has just come has none.
      WHERE TG_OP = 'UPDATE' AND h.company_id = company AND h.dealer_id = w.id
      ORDER BY h.start_date DESC LIMIT 1) last ON true
  WHERE last.label_id IS DISTINCT FROM l.id
  ON CONFLICT (company_id, dealer_id, start_date) DO UPDATE SET label_id = EXCLUDED.label_id;
  IF TG_OP = 'UPDATE' THEN
    PERFORM dealers.join_memberships(ids);
  END IF;
  RETURN NULL;
END $$;

-- Lets dealers join a buying group of the current company from a day on, and others leave it. All or
-- none: 'MISSING' where the group or a dealer is not there, 'LATER' where one of them joined or left
-- a group after that day, 'FUTURE' where the day has begun nowhere on earth, 'DONE' otherwise. No day
-- is the company's today. Who leaves another group, or is in already, does nothing.
CREATE OR REPLACE FUNCTION dealers.move_in_buying_group(
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
  since   constant date := coalesce(day, dealers.today());
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
  PERFORM dealers.join_memberships(moved);
  -- After the history, so that the trigger finds both in step.
  UPDATE dealers.dealers d
  SET buying_group = CASE WHEN d.id = ANY (joining) THEN group_name END,
    version = d.version + 1, updated_at = greatest(d.updated_at, moment)
  WHERE d.company_id = company AND d.id = ANY (moved);
  RETURN QUERY SELECT 'DONE', count(*) FILTER (WHERE m.id = ANY (joining)),
    count(*) FILTER (WHERE m.id = ANY (leaving))
    FROM unnest(moved) AS m (id);
END $$;
