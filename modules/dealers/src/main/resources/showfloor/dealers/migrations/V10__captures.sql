-- What devices captured at the booth, perhaps without a network. A row names its dealer and outlives
-- it: a repeat of the capture must not bring back a dealer that was deleted since.
CREATE TABLE dealers.captures (
  company_id  uuid NOT NULL,
  id          uuid NOT NULL, -- made by the device
  device_id   text NOT NULL CHECK (device_id <> '' AND length(device_id) <= 100),
  sequence    int NOT NULL CHECK (sequence > 0),
  dealer_id   uuid NOT NULL,
  user_id     uuid NOT NULL,
  show_id     uuid,
  rating      smallint CHECK (rating BETWEEN 1 AND 5),
  fingerprint bytea NOT NULL,
  captured_at timestamptz NOT NULL, -- by the clock of the device
  received_at timestamptz NOT NULL, -- by ours
  PRIMARY KEY (company_id, id)
);
CREATE INDEX captures_rated ON dealers.captures (company_id, dealer_id, captured_at)
  WHERE rating IS NOT NULL;
SELECT dbapi.protect_tenant_table('dealers.captures');

-- Which numbers have come from each device: as many ranges as there are gaps, however many captures.
CREATE TABLE dealers.capture_devices (
  company_id uuid NOT NULL,
  id         text NOT NULL,
  received   int4multirange NOT NULL,
  PRIMARY KEY (company_id, id)
);
SELECT dbapi.protect_tenant_table('dealers.capture_devices');

-- What a device is told: its highest number, and which below it are missing, the first 100 runs.
CREATE FUNCTION dealers.receipt(device text, received int4multirange) RETURNS json
  LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
  SELECT json_build_object(
    'id', device,
    'highWaterMark', upper(received) - 1,
    'missing', coalesce(sum(upper(g.gap)::bigint - lower(g.gap)), 0),
    'gaps', coalesce(
      json_agg(json_build_object('from', lower(g.gap), 'to', upper(g.gap) - 1) ORDER BY g.place)
        FILTER (WHERE g.place <= 100), '[]'::json),
    'gapsTruncated', count(*) > 100)
  FROM unnest(int4multirange(int4range(1, upper(received))) - received)
    WITH ORDINALITY AS g (gap, place));

-- Begins a capture of the current company, at most once for its id: 'first' with what follows from
-- it, 'again', 'taken' where another capture of the device has the number, or 'no dealer'. Whoever
-- meets one of the last two must undo it.
--
-- Each statement sees what others have committed before it, so captures of one dealer judge one
-- another's ratings in turn: the newest by its own clock counts, whenever it arrives.
CREATE FUNCTION dealers.begin_capture(
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
      NOT is_new AND stars IS NOT NULL AND NOT EXISTS (
        SELECT FROM dealers.captures c
        WHERE c.company_id = company AND c.dealer_id = dealer AND c.rating IS NOT NULL
          AND c.captured_at > met_at)
    FROM dealers.capture_devices d
    WHERE d.company_id = company AND d.id = device;
END $$;

GRANT EXECUTE ON FUNCTION dealers.receipt(text, int4multirange), dealers.begin_capture(
  uuid, text, int, uuid, boolean, uuid, uuid, int, bytea, timestamptz) TO ${role};
