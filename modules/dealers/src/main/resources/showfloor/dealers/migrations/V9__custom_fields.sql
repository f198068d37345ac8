-- Fields that a company adds to its dealers. Key and type stay as they are: values were checked
-- against them.
CREATE TABLE dealers.field_definitions (
  company_id uuid NOT NULL,
  id         uuid NOT NULL,
  key        text NOT NULL CHECK (key ~ '^[A-Za-z][A-Za-z0-9_]{0,49}$'),
  name       text NOT NULL CHECK (name <> '' AND length(name) <= 200),
  type       text NOT NULL CHECK (type IN ('text', 'number', 'date', 'boolean', 'choice')),
  options    text[] NOT NULL,
  version    bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, id),
  CONSTRAINT field_definitions_key UNIQUE (company_id, key)
);
SELECT dbapi.protect_tenant_table('dealers.field_definitions');

-- Values with others in their place; null takes one away.
CREATE FUNCTION dealers.merge_fields(stored jsonb, change jsonb) RETURNS jsonb
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(jsonb_strip_nulls(coalesce(stored, '{}') || coalesce(change, '{}')), '{}');
GRANT EXECUTE ON FUNCTION dealers.merge_fields(jsonb, jsonb) TO ${role};

-- Before a field goes, its values do: one of the same key would find values of another type.
CREATE FUNCTION dealers.empty_field() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '2s'
AS $$
BEGIN
  UPDATE dealers.dealers d
  SET custom_fields = nullif(d.custom_fields - OLD.key, '{}'), version = d.version + 1,
    updated_at = greatest(d.updated_at, date_trunc('milliseconds', clock_timestamp()))
  WHERE d.company_id = OLD.company_id AND jsonb_exists(d.custom_fields, OLD.key);
  RETURN OLD;
END $$;
CREATE TRIGGER empty_field BEFORE DELETE ON dealers.field_definitions
  FOR EACH ROW EXECUTE FUNCTION dealers.empty_field();

CREATE OR REPLACE VIEW dealers.leads AS
  SELECT d.company_id, d.id, d.company_name, d.contact_name, d.email, d.phone, d.city, d.state,
    d.zip, d.country, d.address, d.buying_group, d.status, d.rating, d.notes, d.version,
    d.created_at, d.updated_at, d.custom_fields
  FROM dealers.dealers d;
