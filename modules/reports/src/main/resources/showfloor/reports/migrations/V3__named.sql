-- The same as before, but a company that has named something for its dealers has data of its own: a
-- group or a custom field of an archive would be lost to one of the same name.
GRANT SELECT ON dealers.own_names TO ${role};
CREATE OR REPLACE FUNCTION reports.begin_restore(archive uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
  moment  constant timestamptz := clock_timestamp();
BEGIN
  -- Who begins another one waits here, then finds what the first has written.
  INSERT INTO reports.restores (company_id, archive_id, started_at, finished_at)
  VALUES (company, archive, moment, moment) ON CONFLICT DO NOTHING;
  PERFORM FROM reports.restores r WHERE r.company_id = company FOR UPDATE;
  IF EXISTS (
    SELECT FROM reports.restores r
    WHERE r.company_id = company AND r.archive_id = archive AND r.finished_at IS NULL) THEN
    RETURN true;
  END IF;
  IF EXISTS (SELECT FROM dealers.leads) OR EXISTS (SELECT FROM tradeshows.published_shows)
    OR EXISTS (SELECT FROM todos.published_todos) OR EXISTS (SELECT FROM dealers.own_names) THEN
    RETURN false;
  END IF;
  UPDATE reports.restores r
  SET archive_id = archive, started_at = moment, finished_at = NULL, step = NULL
  WHERE r.company_id = company;
  RETURN true;
END $$;
