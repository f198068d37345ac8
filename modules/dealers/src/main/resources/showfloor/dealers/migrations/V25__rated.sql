-- When the rating of a dealer was given, or taken away: by hand or by an import when it was written,
-- by a capture when it was captured, but never after it came. Null: there never was one. A capture
-- that arrives late must not replace what somebody has said since.
ALTER TABLE dealers.dealers ADD COLUMN rated_at timestamptz;

-- Of a rating that is there already it is known that it is no younger than the dealer's last change.
ALTER TABLE dealers.dealers NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER;
UPDATE dealers.dealers SET rated_at = updated_at WHERE rating IS NOT NULL;
ALTER TABLE dealers.dealers FORCE ROW LEVEL SECURITY, ENABLE TRIGGER USER;

-- As in V10, but a capture rates only where no rating was given since, whoever gave it. A device
-- whose clock is ahead is held to the moment of arrival, which tells nothing of the order of what it
-- captured: its own numbers do.
CREATE OR REPLACE FUNCTION dealers.begin_capture(
    capture uuid, device text, number int, dealer uuid, is_new boolean, by_user uuid,
    at_show uuid, stars int, content bytea, met_at timestamptz)
  RETURNS TABLE (outcome text, received_at timestamptz, receipt text, rates boolean)
  LANGUAGE plpgsql
  SET lock_timeout = '2s'
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
  moment  constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  held    uuid := CASE WHEN is_new THEN dealer ELSE dealers.hold_dealer(dealer) END;
  numbers int4multirange;
BEGIN
  INSERT INTO dealers.captures (company_id, id, device_id, sequence, dealer_id, user_id, show_id,
    rating, fingerprint, captured_at, received_at)
  VALUES (company, capture, device, number, dealer, by_user, at_show, stars, content, met_at, moment)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'again', NULL::timestamptz, NULL::text, false;
    RETURN;
  END IF;
  IF held IS NULL THEN
    RETURN QUERY SELECT 'no dealer', NULL::timestamptz, NULL::text, false;
    RETURN;
  END IF;
  INSERT INTO dealers.capture_devices AS d (company_id, id, received)
  VALUES (company, device, int4multirange(int4range(number, number + 1)))
  ON CONFLICT (company_id, id) DO UPDATE SET received = d.received + excluded.received
    WHERE NOT d.received @> number
  RETURNING d.received INTO numbers;
  RETURN QUERY
    SELECT CASE WHEN numbers IS NULL THEN 'taken' ELSE 'first' END, moment,
      dealers.receipt(device, d.received)::text,
      NOT is_new AND stars IS NOT NULL
        AND NOT EXISTS (
          SELECT FROM dealers.dealers r
          WHERE r.company_id = company AND r.id = dealer AND r.rated_at > least(met_at, moment))
        AND NOT EXISTS (
          SELECT FROM dealers.captures c
          WHERE c.company_id = company AND c.dealer_id = dealer AND c.rating IS NOT NULL
            AND c.device_id = device AND c.sequence > number)
    FROM dealers.capture_devices d
    WHERE d.company_id = company AND d.id = device;
END $$;

-- As in V20, with the time of the rating.
CREATE OR REPLACE FUNCTION dealers.update_imported(import uuid, first_line int, last_line int)
  RETURNS int
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
    rated_at = CASE WHEN r.rating IS NULL THEN d.rated_at
      ELSE date_trunc('milliseconds', clock_timestamp()) END,
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
