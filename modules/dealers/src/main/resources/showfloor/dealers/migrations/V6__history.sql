-- What a company's own fields say of a dealer, by their keys; null: nothing.
ALTER TABLE dealers.dealers ADD COLUMN custom_fields jsonb;

-- Who asks, as it travels in front of each statement: the user's id, a blank, the request's id.
CREATE FUNCTION dealers.actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(split_part(current_setting('app.actor', true), ' ', 1), '')::uuid;
CREATE FUNCTION dealers.request() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(split_part(current_setting('app.actor', true), ' ', 2), '');

-- What was done to a dealer, by whom, and when. Only the triggers below write it, whoever writes
-- the dealer. The values of a dealer go with it; who deleted it stays.
CREATE TABLE dealers.changes (
  company_id uuid NOT NULL,
  dealer_id  uuid NOT NULL,
  at         timestamptz NOT NULL,
  id         uuid NOT NULL,
  kind       text NOT NULL
    CHECK (kind IN ('created', 'changed', 'noteChanged', 'noteDeleted', 'deleted')),
  actor_id   uuid,
  request_id text,
  note_id    uuid,
  fields     jsonb, -- [{field, old, new}]
  PRIMARY KEY (company_id, dealer_id, at, id)
);
SELECT dbapi.protect_tenant_table('dealers.changes');
REVOKE INSERT, UPDATE, DELETE ON dealers.changes FROM ${role};

-- Of dealers that are there already it is known when they came.
ALTER TABLE dealers.dealers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE dealers.changes NO FORCE ROW LEVEL SECURITY;
INSERT INTO dealers.changes (company_id, dealer_id, at, id, kind)
SELECT d.company_id, d.id, d.created_at, gen_random_uuid(), 'created' FROM dealers.dealers d;
ALTER TABLE dealers.dealers FORCE ROW LEVEL SECURITY;
ALTER TABLE dealers.changes FORCE ROW LEVEL SECURITY;

CREATE FUNCTION dealers.record_created() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  moment  constant timestamptz := clock_timestamp();
  actor   constant uuid := dealers.actor();
  request constant text := dealers.request();
BEGIN
  INSERT INTO dealers.changes (company_id, dealer_id, at, id, kind, actor_id, request_id)
  SELECT w.company_id, w.id, moment, gen_random_uuid(), 'created', actor, request FROM written w;
  RETURN NULL;
END $$;

-- What a statement changed in fields that a client may set. To count up the version, as the notes
-- do, is no change. No nested loop: a plan made for one row would be quadratic in an import.
CREATE FUNCTION dealers.record_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET enable_nestloop = off
AS $$
DECLARE
  moment  constant timestamptz := clock_timestamp();
  actor   constant uuid := dealers.actor();
  request constant text := dealers.request();
BEGIN
  INSERT INTO dealers.changes (company_id, dealer_id, at, id, kind, actor_id, request_id, fields)
  SELECT w.company_id, w.id, moment, gen_random_uuid(), 'changed', actor, request, (
    SELECT jsonb_agg(jsonb_build_object('field', v.field, 'old', v.old, 'new', v.new))
    FROM (VALUES
      ('companyName', to_jsonb(o.company_name), to_jsonb(w.company_name)),
      ('contactName', to_jsonb(o.contact_name), to_jsonb(w.contact_name)),
      ('email', to_jsonb(o.email), to_jsonb(w.email)),
      ('phone', to_jsonb(o.phone), to_jsonb(w.phone)),
      ('city', to_jsonb(o.city), to_jsonb(w.city)),
      ('state', to_jsonb(o.state), to_jsonb(w.state)),
      ('zip', to_jsonb(o.zip), to_jsonb(w.zip)),
      ('country', to_jsonb(o.country), to_jsonb(w.country)),
      ('address', to_jsonb(o.address), to_jsonb(w.address)),
      ('buyingGroup', to_jsonb(o.buying_group), to_jsonb(w.buying_group)),
      ('status', to_jsonb(o.status), to_jsonb(w.status)),
      ('rating', to_jsonb(o.rating), to_jsonb(w.rating)),
      ('notes', to_jsonb(o.notes), to_jsonb(w.notes))
      UNION ALL
      SELECT 'customFields.' || k.key, o.custom_fields -> k.key, w.custom_fields -> k.key
      FROM jsonb_object_keys(
        coalesce(o.custom_fields, '{}') || coalesce(w.custom_fields, '{}')) AS k (key)
    ) AS v (field, old, new)
    WHERE v.old IS DISTINCT FROM v.new)
  FROM written w JOIN replaced o ON o.company_id = w.company_id AND o.id = w.id
  WHERE (w.company_name, w.contact_name, w.email, w.phone, w.city, w.state, w.zip, w.country,
      w.address, w.buying_group, w.status, w.rating, w.notes, w.custom_fields)
    IS DISTINCT FROM
    (o.company_name, o.contact_name, o.email, o.phone, o.city, o.state, o.zip, o.country,
      o.address, o.buying_group, o.status, o.rating, o.notes, o.custom_fields);
  RETURN NULL;
END $$;

CREATE FUNCTION dealers.record_deleted() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  DELETE FROM dealers.changes c
  USING replaced o WHERE c.company_id = o.company_id AND c.dealer_id = o.id;
  INSERT INTO dealers.changes (company_id, dealer_id, at, id, kind, actor_id, request_id)
  SELECT o.company_id, o.id, clock_timestamp(), gen_random_uuid(), 'deleted', dealers.actor(),
    dealers.request()
  FROM replaced o;
  RETURN NULL;
END $$;

CREATE TRIGGER record_created AFTER INSERT ON dealers.dealers
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION dealers.record_created();
CREATE TRIGGER record_changed AFTER UPDATE ON dealers.dealers
  REFERENCING OLD TABLE AS replaced NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION dealers.record_changed();
CREATE TRIGGER record_deleted AFTER DELETE ON dealers.dealers
  REFERENCING OLD TABLE AS replaced FOR EACH STATEMENT EXECUTE FUNCTION dealers.record_deleted();

-- A note is its own record until somebody changes or deletes it. One that goes with its dealer
-- leaves nothing.
CREATE FUNCTION dealers.record_note() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO dealers.changes (
    company_id, dealer_id, at, id, kind, actor_id, request_id, note_id, fields)
  SELECT d.company_id, d.id, clock_timestamp(), gen_random_uuid(),
    CASE TG_OP WHEN 'UPDATE' THEN 'noteChanged' ELSE 'noteDeleted' END, dealers.actor(),
    dealers.request(), OLD.id, jsonb_build_array(jsonb_build_object('field', 'content',
      'old', OLD.content, 'new', CASE TG_OP WHEN 'UPDATE' THEN NEW.content END))
  FROM dealers.dealers d WHERE d.company_id = OLD.company_id AND d.id = OLD.dealer_id;
  RETURN NULL;
END $$;
CREATE TRIGGER record_changed AFTER UPDATE OF content ON dealers.notes
  FOR EACH ROW WHEN (OLD.content IS DISTINCT FROM NEW.content)
  EXECUTE FUNCTION dealers.record_note();
CREATE TRIGGER record_deleted AFTER DELETE ON dealers.notes
  FOR EACH ROW EXECUTE FUNCTION dealers.record_note();

-- A dealer joins a group, or takes an interest in a product, and gives it up.
CREATE FUNCTION dealers.record_label() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  joins   constant boolean := TG_OP = 'INSERT';
  moment  constant timestamptz := clock_timestamp();
BEGIN
  INSERT INTO dealers.changes (company_id, dealer_id, at, id, kind, actor_id, request_id, fields)
  SELECT d.company_id, d.id, moment, gen_random_uuid(), 'changed', dealers.actor(),
    dealers.request(), jsonb_build_array(jsonb_build_object('field', l.kind || 's',
      'old', CASE WHEN NOT joins THEN l.name END, 'new', CASE WHEN joins THEN l.name END))
  FROM moved m
    JOIN dealers.labels l ON l.company_id = m.company_id AND l.id = m.label_id
    JOIN dealers.dealers d ON d.company_id = m.company_id AND d.id = m.dealer_id;
  RETURN NULL;
END $$;
CREATE TRIGGER record_joined AFTER INSERT ON dealers.label_members
  REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION dealers.record_label();
CREATE TRIGGER record_left AFTER DELETE ON dealers.label_members
  REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION dealers.record_label();

-- Before the label itself goes, while its name can still be told.
CREATE FUNCTION dealers.empty_label() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  DELETE FROM dealers.label_members m
  WHERE m.company_id = OLD.company_id AND m.label_id = OLD.id;
  RETURN OLD;
END $$;
CREATE TRIGGER empty_label BEFORE DELETE ON dealers.labels
  FOR EACH ROW EXECUTE FUNCTION dealers.empty_label();
