-- The lines of an import between their reading and their application. Unlogged: after a crash of
-- the server they are gone, and the import has to be sent again. A line is 'inserted' until the
-- reading ('failed') or the classification says otherwise.
CREATE UNLOGGED TABLE dealers.import_rows (
  company_id   uuid NOT NULL,
  import_id    uuid NOT NULL,
  line         int NOT NULL,
  new_id       uuid NOT NULL,
  company_name text,
  contact_name text,
  email        text,
  phone        text,
  city         text,
  state        text,
  zip          text,
  country      text,
  address      text,
  buying_group text,
  status       text,
  rating       smallint,
  notes        text,
  created_at   timestamptz,
  outcome      text NOT NULL DEFAULT 'inserted'
    CHECK (outcome IN ('inserted', 'updated', 'skipped', 'failed')),
  code         text,
  reason       text,
  existing_id  uuid,
  dup_hash     uuid
    GENERATED ALWAYS AS (dealers.duplicate_key(company_name, email, phone)) STORED,
  PRIMARY KEY (company_id, import_id, line)
);
SELECT dbapi.protect_tenant_table('dealers.import_rows');
