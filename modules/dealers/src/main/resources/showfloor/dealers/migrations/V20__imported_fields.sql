-- Values of a company's own fields, as they are to be written: keeps these fields from being deleted
-- until the transaction ends. Whoever writes a dealer holds them before the dealer, as their deletion
-- does. One that was deleted since the values were judged is a conflict: try again.
CREATE FUNCTION dealers.hold_fields(change jsonb) RETURNS jsonb
  LANGUAGE plpgsql
  SET lock_timeout = '2s'
AS $$
DECLARE
  keys constant text[] := ARRAY(SELECT jsonb_object_keys(change));
  held int;
BEGIN
  IF cardinality(keys) > 0 THEN
    SELECT count(*) INTO held FROM (
      SELECT FROM dealers.field_definitions f WHERE f.key = ANY (keys)
      ORDER BY f.id FOR KEY SHARE) h;
    IF held < cardinality(keys) THEN
      RAISE EXCEPTION 'a custom field was deleted' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  RETURN change;
END $$;
GRANT EXECUTE ON FUNCTION dealers.hold_fields(jsonb) TO ${role};

ALTER TABLE dealers.import_rows ADD COLUMN custom_fields jsonb;

-- As in V3, with the company's own fields, which are held until the import is applied.
CREATE OR REPLACE FUNCTION dealers.classify_import(import uuid, import_mode text)
  RETURNS TABLE (inserted bigint, updated bigint, skipped bigint, failed bigint)
  LANGUAGE plpgsql
  SET enable_nestloop = off
  SET plan_cache_mode = force_generic_plan
  SET max_parallel_workers_per_gather = 0
  SET jit = off
AS $$
DECLARE
  company  constant uuid := current_setting('app.company_id')::uuid;
  updating constant boolean := import_mode = 'update';
  keys     uuid[];
BEGIN
  PERFORM dealers.hold_fields((
    SELECT jsonb_object_agg(k.key, true) FROM dealers.import_rows r
      CROSS JOIN LATERAL jsonb_object_keys(r.custom_fields) AS k (key)
    WHERE r.company_id = company AND r.import_id = import));
  IF import_mode <> 'insert' THEN
    -- A line that repeats an earlier one of the same import is the same dealer twice.
    UPDATE dealers.import_rows r
    SET outcome = 'skipped', code = 'DUPLICATE_IN_FILE',
      reason = 'Same name, e-mail and phone as line ' || k.first_line || '.'
    FROM (
      SELECT f.line, min(f.line) OVER (PARTITION BY f.dup_hash) AS first_line
      FROM dealers.import_rows f
      WHERE f.company_id = company AND f.import_id = import AND f.outcome = 'inserted') k
    WHERE r.company_id = company AND r.import_id = import AND r.line = k.line
      AND k.first_line < k.line;

    keys := ARRAY(
      SELECT r.dup_hash FROM dealers.import_rows r
      WHERE r.company_id = company AND r.import_id = import AND r.outcome = 'inserted');

    UPDATE dealers.import_rows r
    SET existing_id = d.id,
      (outcome, code, reason) = (SELECT
        CASE WHEN updating AND v.differs THEN 'updated' ELSE 'skipped' END,
        CASE WHEN updating AND NOT v.differs THEN 'UNCHANGED' ELSE 'DUPLICATE' END,
        CASE WHEN updating AND NOT v.differs
          THEN 'A dealer with the same name, e-mail and phone has all of this already.'
          ELSE 'There is a dealer with the same name, e-mail and phone.' END
        FROM (SELECT (
          coalesce(r.company_name, d.company_name), coalesce(r.contact_name, d.contact_name),
          coalesce(r.email, d.email), coalesce(r.phone, d.phone), coalesce(r.city, d.city),
          coalesce(r.state, d.state), coalesce(r.zip, d.zip), coalesce(r.country, d.country),
          coalesce(r.address, d.address), coalesce(r.buying_group, d.buying_group),
          coalesce(r.status, d.status), coalesce(r.rating, d.rating), coalesce(r.notes, d.notes),
          dealers.merge_fields(d.custom_fields, r.custom_fields))
        IS DISTINCT FROM (
          d.company_name, d.contact_name, d.email, d.phone, d.city, d.state, d.zip, d.country,
          d.address, d.buying_group, d.status, d.rating, d.notes, d.custom_fields) AS differs) v)
    FROM (
      SELECT DISTINCT ON (d.dup_hash) d.dup_hash, d.id,
        d.company_name, d.contact_name, d.email, d.phone, d.city, d.state, d.zip, d.country,
        d.address, d.buying_group, d.status, d.rating, d.notes, d.custom_fields
      FROM dealers.dealers d
      WHERE d.company_id = company AND d.dup_hash = ANY (keys)
      ORDER BY d.dup_hash, d.id) d
    WHERE r.company_id = company AND r.import_id = import AND r.outcome = 'inserted'
      AND r.dup_hash = d.dup_hash;
  END IF;
  RETURN QUERY
    SELECT count(*) FILTER (WHERE r.outcome = 'inserted'),
      count(*) FILTER (WHERE r.outcome = 'updated'),
      count(*) FILTER (WHERE r.outcome = 'skipped'),
      count(*) FILTER (WHERE r.outcome = 'failed')
    FROM dealers.import_rows r
    WHERE r.company_id = company AND r.import_id = import;
END $$;

-- As in V3, with the company's own fields.
CREATE OR REPLACE FUNCTION dealers.update_imported(import uuid, first_line int, last_line int) RETURNS int
  LANGUAGE plpgsql
  SET enable_nestloop = off
  SET plan_cache_mode = force_generic_plan
  SET max_parallel_workers_per_gather = 0
  SET jit = off
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
  ids     constant uuid[] := ARRAY(
    SELECT r.existing_id FROM dealers.import_rows r
    WHERE r.company_id = company AND r.import_id = import AND r.outcome = 'updated'
      AND r.line BETWEEN first_line AND last_line);
  changed int;
BEGIN
  UPDATE dealers.dealers d
  SET
    company_name = coalesce(r.company_name, d.company_name),
    contact_name = coalesce(r.contact_name, d.contact_name), email = coalesce(r.email, d.email),
    phone = coalesce(r.phone, d.phone), city = coalesce(r.city, d.city),
    state = coalesce(r.state, d.state), zip = coalesce(r.zip, d.zip),
    country = coalesce(r.country, d.country), address = coalesce(r.address, d.address),
    buying_group = coalesce(r.buying_group, d.buying_group),
    status = coalesce(r.status, d.status), rating = coalesce(r.rating, d.rating),
    notes = coalesce(r.notes, d.notes),
    custom_fields = dealers.merge_fields(d.custom_fields, r.custom_fields),
    version = d.version + 1,
    updated_at = greatest(d.updated_at, date_trunc('milliseconds', clock_timestamp()))
  FROM dealers.import_rows r
  WHERE r.company_id = company AND r.import_id = import AND r.outcome = 'updated'
    AND r.line BETWEEN first_line AND last_line
    AND d.company_id = company AND d.id = ANY (ids)
    AND d.id = r.existing_id AND d.dup_hash = r.dup_hash;
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed;
END $$;
