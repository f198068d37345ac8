-- Ends a restore, and lets the statistics know of its dealers.
CREATE OR REPLACE FUNCTION reports.finish_restore(archive uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE reports.restores r SET finished_at = clock_timestamp(), step = NULL
  WHERE r.company_id = current_setting('app.company_id')::uuid AND r.archive_id = archive
    AND r.finished_at IS NULL;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM dealers.learn_dealers();
  RETURN true;
END $$;
