-- By what dealers are told to be the same: the e-mail address, the last digits of the phone, and
-- the name without the words and letters that people write differently. Columns, not expressions:
-- behind row-level security an index serves only comparisons that are leakproof.

-- The name without legal form, blanks, doubled letters, and vowels behind the first letter. A name
-- of which too little would be left keeps its vowels.
CREATE FUNCTION dealers.name_key(folded text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT nullif(CASE
    WHEN length(k.short) >= 6 THEN k.short
    WHEN k.glued <> '' THEN k.glued
    ELSE replace(folded, ' ', '') END, '')
  FROM (
    SELECT g.glued, regexp_replace(
      left(g.glued, 1) || translate(substr(g.glued, 2), 'aeiouy', ''),
      '([[:alpha:]])\1+', '\1', 'g') AS short
    FROM (
      SELECT regexp_replace(regexp_replace(folded, '\m(the|and|inc|incorporated|llc|ltd|limited|co'
        || '|corp|corporation|company|gmbh|ag|kg|bv|sa|srl|plc|llp|lp|pty)\M', '', 'g'),
        ' ', '', 'g') AS glued) g) k);

GRANT EXECUTE ON FUNCTION dealers.name_key(text) TO ${role}, ${definer};

ALTER TABLE dealers.dealers
  ADD COLUMN email_key text COLLATE "C"
    GENERATED ALWAYS AS (nullif(lower(btrim(email)), '')) STORED,
  ADD COLUMN phone_key text COLLATE "C"
    GENERATED ALWAYS AS (
      substring(regexp_replace(phone, '[^0-9]', '', 'g') FROM '[0-9]{7,10}$')) STORED,
  ADD COLUMN name_key text COLLATE "C"
    GENERATED ALWAYS AS (dealers.name_key(left(dealers.fold(company_name), 200))) STORED;

CREATE INDEX dealers_email ON dealers.dealers (company_id, email_key, id)
  WHERE email_key IS NOT NULL;
CREATE INDEX dealers_phone ON dealers.dealers (company_id, phone_key, id)
  WHERE phone_key IS NOT NULL;
CREATE INDEX dealers_alike ON dealers.dealers (company_id, name_key, id)
  WHERE name_key IS NOT NULL;

-- The groups of dealers of the current company that may be one: by stage those with the same name,
-- e-mail address and phone (1), the same address (2), the same phone (3), nearly the same name (4),
-- in order of stage and key behind the given place. A group that an earlier stage has whole is left
-- out. The oldest dealers stand for a large group.
--
-- Each stage goes once along an index and stops when there are enough. The settings keep it to
-- that, whatever the statistics say of other companies.
CREATE FUNCTION dealers.duplicate_groups(
    after_stage int, after_key text, most int, members_most int)
  RETURNS TABLE (
    stage int, key text, size int, members uuid[],
    exact boolean, same_email boolean, same_phone boolean, same_name boolean)
  LANGUAGE plpgsql STABLE
  SET enable_seqscan = off
  SET enable_bitmapscan = off
  SET enable_hashagg = off
  SET enable_sort = off
  SET max_parallel_workers_per_gather = 0
  SET jit = off
AS $$
DECLARE
  company constant uuid := current_setting('app.company_id')::uuid;
  columns constant text[] := '{dup_hash,email_key,phone_key,name_key}';
  room    int := most;
BEGIN
  FOR at_stage IN after_stage..4 LOOP
    FOR stage, key, size, members, exact, same_email, same_phone, same_name IN EXECUTE
      format('SELECT $4, k.key::text, g.size, g.members, g.exact, g.same_email, g.same_phone,'
        || ' g.same_name FROM ('
        || ' SELECT d.%1$I AS key FROM dealers.dealers d'
        || ' WHERE d.company_id = $1 AND d.%1$I IS NOT NULL %2$s'
        || ' GROUP BY d.%1$I HAVING count(*) > 1 ORDER BY d.%1$I) k'
        || ' CROSS JOIN LATERAL ('
        || ' SELECT count(*)::int AS size, (array_agg(d.id ORDER BY d.id))[1:$5] AS members,'
        || '  min(d.dup_hash::text) = max(d.dup_hash::text) AS exact,'
        || '  count(d.email_key) = count(*) AND min(d.email_key) = max(d.email_key) AS same_email,'
        || '  count(d.phone_key) = count(*) AND min(d.phone_key) = max(d.phone_key) AS same_phone,'
        || '  count(d.name_key) = count(*) AND min(d.name_key) = max(d.name_key) AS same_name'
        || ' FROM dealers.dealers d WHERE d.company_id = $1 AND d.%1$I = k.key) g'
        || ' %3$s ORDER BY k.key LIMIT $3',
        columns[at_stage],
        CASE WHEN at_stage = after_stage AND after_key IS NOT NULL
          THEN format('AND d.%I > $2::%s', columns[at_stage],
            CASE at_stage WHEN 1 THEN 'uuid' ELSE 'text' END) ELSE '' END,
        CASE at_stage
          WHEN 1 THEN ''
          WHEN 2 THEN 'WHERE NOT g.exact'
          WHEN 3 THEN 'WHERE NOT (g.exact OR g.same_email)'
          ELSE 'WHERE NOT (g.exact OR g.same_email OR g.same_phone)' END)
      USING company, after_key, room, at_stage, members_most
    LOOP
      room := room - 1;
      RETURN NEXT;
    END LOOP;
    EXIT WHEN room <= 0;
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION dealers.duplicate_groups(int, text, int, int) TO ${role};
