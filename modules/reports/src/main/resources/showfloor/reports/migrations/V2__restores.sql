-- While an archive is taken back, history may be told that nobody recorded here. So only the
-- functions below say that one is: it begins in an empty company, and each transaction that writes
-- some of it says so itself.
REVOKE INSERT, UPDATE, DELETE ON reports.restores FROM ${role};
ALTER TABLE reports.restores ADD COLUMN step xid8; -- the last transaction that wrote some of it

-- Begins to take an archive back, or goes on with it; false where the company has data of its own.
-- Whoever is told so must undo it.
CREATE FUNCTION reports.begin_restore(archive uuid) RETURNS boolean
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
    OR EXISTS (SELECT FROM todos.published_todos) THEN
    RETURN false;
  END IF;
  UPDATE reports.restores r
  SET archive_id = archive, started_at = moment, finished_at = NULL, step = NULL
  WHERE r.company_id = company;
  RETURN true;
END $$;

-- Says that the current transaction writes some of an archive; false where that one is not taken
-- back any more.
CREATE FUNCTION reports.step_restore(archive uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
AS $$
BEGIN
  UPDATE reports.restores r SET step = pg_current_xact_id()
  WHERE r.company_id = current_setting('app.company_id')::uuid AND r.archive_id = archive
    AND r.finished_at IS NULL;
  RETURN FOUND;
END $$;

-- Ends it: nothing of it is written any more. False where there is nothing to end.
CREATE FUNCTION reports.finish_restore(archive uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE reports.restores r SET finished_at = clock_timestamp(), step = NULL
  WHERE r.company_id = current_setting('app.company_id')::uuid AND r.archive_id = archive
    AND r.finished_at IS NULL;
  RETURN FOUND;
END $$;

GRANT EXECUTE ON FUNCTION reports.begin_restore(uuid), reports.step_restore(uuid),
  reports.finish_restore(uuid) TO ${role};

CREATE OR REPLACE VIEW dealers.restoring AS
  SELECT r.company_id, r.archive_id FROM reports.restores r
  WHERE r.step = pg_current_xact_id_if_assigned();
