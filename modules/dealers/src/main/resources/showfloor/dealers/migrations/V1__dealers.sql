-- The text that searching compares: lower case, without accents and apostrophes, every other run
-- of signs one blank. Inlined by the planner, so it costs no call per row.
CREATE FUNCTION dealers.fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN btrim(regexp_replace(
  translate(normalize(lower(value), NFKD),
    U&'\00F8\0142\0111\0131\00DF\0300\0301\0302\0303\0304\0306\0307\0308\030A\030B\030C\0327\0328'
      || U&'\0027\2019\2018\0060\00B4', 'oldis'),
  '[^[:alnum:]]+', ' ', 'g'));

-- The reference's duplicate key: name, e-mail and the digits of the phone, all three.
CREATE FUNCTION dealers.duplicate_key(company_name text, email text, phone text) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN md5(lower(btrim(company_name)) || '|' || lower(btrim(coalesce(email, ''))) || '|'
  || regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'))::uuid;

GRANT EXECUTE ON FUNCTION dealers.fold(text), dealers.duplicate_key(text, text, text)
  TO ${role}, ${definer};

CREATE TABLE dealers.dealers (
  company_id   uuid NOT NULL,
  id           uuid NOT NULL,
  company_name text NOT NULL CHECK (company_name <> '' AND length(company_name) <= 200),
  contact_name text CHECK (length(contact_name) <= 200),
  email        text CHECK (length(email) <= 254),
  phone        text CHECK (length(phone) <= 50),
  city         text CHECK (length(city) <= 100),
  state        text CHECK (length(state) <= 100),
  zip          text CHECK (length(zip) <= 20),
  country      text CHECK (length(country) <= 100),
  address      text CHECK (length(address) <= 500),
  buying_group text CHECK (length(buying_group) <= 200),
  status       text NOT NULL DEFAULT 'Prospect' CHECK (status <> '' AND length(status) <= 100),
  rating       smallint CHECK (rating BETWEEN 1 AND 5),
  notes        text CHECK (length(notes) <= 10000),
  version      bigint NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  dup_hash     uuid NOT NULL
    GENERATED ALWAYS AS (dealers.duplicate_key(company_name, email, phone)) STORED,
  -- Collated "C", so that one index answers =, LIKE 'prefix%' and ORDER BY.
  name_norm    text COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (left(dealers.fold(company_name), 200)) STORED,
  initials     text COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (
      regexp_replace(left(dealers.fold(company_name), 200), '(\S)\S* ?', '\1', 'g')) STORED,
  -- Every word stands after a blank, so LIKE '% wo%' finds words by their beginning.
  search_text  text NOT NULL GENERATED ALWAYS AS (
    ' ' || dealers.fold(company_name)
    || ' ' || dealers.fold(coalesce(contact_name, '') || ' ' || coalesce(email, '') || ' '
      || coalesce(buying_group, ''))
    || ' ' || regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g')) STORED,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX dealers_name ON dealers.dealers (company_id, name_norm, id);
CREATE INDEX dealers_created ON dealers.dealers (company_id, created_at, id);
CREATE INDEX dealers_updated ON dealers.dealers (company_id, updated_at, id);
CREATE INDEX dealers_status ON dealers.dealers (company_id, status, id);
CREATE INDEX dealers_rating ON dealers.dealers (company_id, (coalesce(rating, 0)), id);
CREATE INDEX dealers_buying_group ON dealers.dealers (company_id, buying_group, id);
-- Not unique: two dealers with one key are legal, an import may be told to insert them.
CREATE INDEX dealers_duplicates ON dealers.dealers (company_id, dup_hash, id);
SELECT dbapi.protect_tenant_table('dealers.dealers');

-- Locks a dealer of the current company until the transaction ends; null where there is none. Who
-- writes one dealer waits two seconds for an import that has changed it, not the minute that the
-- import may take, with a connection in hand.
CREATE FUNCTION dealers.hold_dealer(dealer uuid) RETURNS uuid
  LANGUAGE plpgsql
  SET lock_timeout = '2s'
AS $$
DECLARE
  held uuid;
BEGIN
  SELECT d.id INTO held FROM dealers.dealers d WHERE d.id = dealer FOR UPDATE;
  RETURN held;
END $$;
GRANT EXECUTE ON FUNCTION dealers.hold_dealer(uuid) TO ${role};

CREATE TABLE dealers.notes (
  company_id uuid NOT NULL,
  id         uuid NOT NULL,
  dealer_id  uuid NOT NULL,
  author_id  uuid,
  content    text NOT NULL CHECK (content <> '' AND length(content) <= 10000),
  version    bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, dealer_id) REFERENCES dealers.dealers (company_id, id) ON DELETE CASCADE
);
CREATE INDEX notes_dealer ON dealers.notes (company_id, dealer_id, id);
SELECT dbapi.protect_tenant_table('dealers.notes');
