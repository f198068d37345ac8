-- What was never sent whole is swept away by a job. It learns here whose it is, and no more; what
-- it sweeps, it sweeps as that company.
CREATE POLICY sweep ON uploads.files FOR SELECT TO ${definer} USING (true);
GRANT SELECT (company_id, started_at, created_at) ON uploads.files TO ${definer};
CREATE FUNCTION uploads.companies_with_left_overs(age interval, most int)
  RETURNS TABLE (company_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT DISTINCT f.company_id FROM uploads.files f
   WHERE f.created_at IS NULL AND f.started_at < now() - age LIMIT most
$$;
REVOKE ALL ON FUNCTION uploads.companies_with_left_overs(interval, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION uploads.companies_with_left_overs(interval, int) TO ${role};
GRANT CREATE ON SCHEMA uploads TO ${definer};
ALTER FUNCTION uploads.companies_with_left_overs(interval, int) OWNER TO ${definer};
REVOKE CREATE ON SCHEMA uploads FROM ${definer};
