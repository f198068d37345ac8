-- What is not yet sorted into the index is read by every search, so it is kept short (measured after
-- an import: 40 ms a search with the usual 4 MB).
CREATE INDEX dealers_search ON dealers.dealers
  USING gin (company_id, search_text ext.gin_trgm_ops) WITH (gin_pending_list_limit = 512);
CREATE INDEX dealers_initials ON dealers.dealers (company_id, initials, id);

-- The vocabulary of a company's dealers: misspelt words are looked up here, among some ten thousand
-- words instead of 200,000 rows. A word may stand twice: a unique key would make every writer of a
-- word wait for a running import that brought it. One that outlives its dealers finds nothing.
CREATE TABLE dealers.words (
  company_id uuid NOT NULL,
  word       text COLLATE "C" NOT NULL,
  id         uuid NOT NULL DEFAULT gen_random_uuid(),
  PRIMARY KEY (company_id, word, id)
);
CREATE INDEX words_similar ON dealers.words USING gin (company_id, word ext.gin_trgm_ops);
SELECT dbapi.protect_tenant_table('dealers.words');

CREATE FUNCTION dealers.learn_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO dealers.words (company_id, word)
  SELECT w.company_id, w.word
  FROM (
    SELECT DISTINCT d.company_id, left(t.word, 100) AS word
    FROM written d, string_to_table(
      d.name_norm || ' ' || coalesce(dealers.fold(d.contact_name), ''), ' ') AS t (word)
    WHERE length(t.word) > 2 AND t.word !~ '[0-9]') w
  WHERE NOT EXISTS (
    SELECT FROM dealers.words k WHERE k.company_id = w.company_id AND k.word = w.word);
  RETURN NULL;
END $$;
CREATE TRIGGER dealers_inserted AFTER INSERT ON dealers.dealers
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION dealers.learn_words();
CREATE TRIGGER dealers_updated AFTER UPDATE ON dealers.dealers
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION dealers.learn_words();

-- Loads pg_trgm, without which its setting below may not be named.
SELECT ext.show_trgm('x');

-- LIKE, ~ and % are not leakproof, so behind the tenant policy they could use no index. The
-- function reads as a role that sees every row, and names the tenant itself.
CREATE POLICY search ON dealers.dealers FOR SELECT TO ${definer} USING (true);
CREATE POLICY search ON dealers.notes FOR SELECT TO ${definer} USING (true);
CREATE POLICY search ON dealers.words FOR SELECT TO ${definer} USING (true);
GRANT SELECT ON dealers.dealers, dealers.notes, dealers.words TO ${definer};

-- Ranked dealers of the current company, at most `most`, each by its best rank:
-- 1 the name, 2 the name's beginning, 3 all words in any order, 4 part of the phone, 5 initials,
-- 6 inside words, 7 misspelt. A stage runs only while there is room, 6 and 7 only when nothing was
-- found and a word is long enough to have trigrams: without one the index would hand out every row.
-- Within a rank the higher score (0 to 1) is the better hit, then the name. A filter is null or
-- holds; rating 0 asks for dealers without one. Of more than 1,000 hits of ranks 3, 4 and 6 any may
-- be left out: to sort them first would mean to read them all.
CREATE FUNCTION dealers.search(
    query text, most int, in_status text, in_rating int, in_buying_group text,
    in_has_notes boolean, in_updated_since timestamptz)
  RETURNS TABLE (id uuid, rank int, score real, name text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
  SET search_path = pg_catalog, ext, pg_temp
  -- Plans stay alike before and after an ANALYZE, and one search keeps to one core.
  SET enable_seqscan = off
  SET max_parallel_workers_per_gather = 0
  SET jit = off
AS $$
DECLARE
  company   constant uuid := current_setting('app.company_id')::uuid;
  folded    constant text := left(dealers.fold(query), 100);
  glued     constant text := replace(folded, ' ', '');
  digits    constant text := right(regexp_replace(query, '[^0-9]', '', 'g'), 10);
  words     constant text[] := (string_to_array(nullif(folded, ''), ' '))[1:6];
  longest   constant int := (SELECT max(length(w)) FROM unnest(words) w);
  starts    constant text[] := ARRAY(SELECT '% ' || w || '%' FROM unnest(words) w);
  insides   constant text[] := ARRAY(SELECT '%' || w || '%' FROM unnest(words) w);
  near      text[];
  filters   constant text :=
    CASE WHEN in_status IS NULL THEN '' ELSE ' AND d.status = $9' END
    || CASE WHEN in_rating IS NULL THEN '' ELSE ' AND coalesce(d.rating, 0) = $10' END
    || CASE WHEN in_buying_group IS NULL THEN '' ELSE ' AND d.buying_group = $11' END
    || CASE WHEN in_has_notes IS NULL THEN '' ELSE ' AND $12 = EXISTS (SELECT FROM dealers.notes n'
      || ' WHERE n.company_id = $1 AND n.dealer_id = d.id)' END
    || CASE WHEN in_updated_since IS NULL THEN '' ELSE ' AND d.updated_at >= $13' END;
  closeness constant text :=
    '0.5 * ('' '' || d.name_norm LIKE ALL ($5))::int'
    || ' + 0.5 * least(1.0, length($3)::real / greatest(1, length(d.name_norm)))';
  found     uuid[] := '{}';
  matches   text;
BEGIN
  FOR stage IN 1..7 LOOP
    EXIT WHEN words IS NULL OR cardinality(found) >= least(most, 1000);
    CASE stage
      WHEN 1 THEN
        matches := 'd.name_norm = $3 ORDER BY (d.name_norm, d.id)';
      WHEN 2 THEN
        matches := 'd.name_norm LIKE $3 || ''%'' ORDER BY d.name_norm, d.id';
      WHEN 3 THEN
        CONTINUE WHEN length(glued) < 2;
        matches := (SELECT string_agg(format('d.search_text LIKE $5[%s]', i), ' AND ')
          FROM generate_subscripts(words, 1) i);
      WHEN 4 THEN
        CONTINUE WHEN length(digits) < 4 OR glued ~ '[^0-9]';
        matches := 'd.search_text LIKE ''%'' || $8 || ''%''';
      WHEN 5 THEN
        CONTINUE WHEN length(glued) NOT BETWEEN 2 AND 6 OR glued ~ '[0-9]';
        matches := 'd.initials LIKE $7 || ''%'' ORDER BY d.initials, d.id';
      WHEN 6 THEN
        EXIT WHEN cardinality(found) > 0 OR longest < 3 OR glued !~ '[^0-9]';
        matches := (SELECT string_agg(format('d.search_text LIKE $6[%s]', i), ' AND ')
          FROM generate_subscripts(words, 1) i);
      WHEN 7 THEN
        EXIT WHEN cardinality(found) > 0 OR longest < 4;
        near := ARRAY(SELECT CASE WHEN length(w) < 4 THEN ' ' || w ELSE dealers.near_words(w) END
          FROM unnest(words) w);
        matches := (SELECT string_agg(format('d.search_text ~ $14[%s]', i), ' AND ')
          FROM generate_subscripts(words, 1) i);
    END CASE;
    FOR id, rank, score, name IN EXECUTE
      format('SELECT d.id, $15, %s, d.name_norm FROM dealers.dealers d'
        || ' WHERE d.company_id = $1 AND d.id <> ALL ($2)%s AND %s LIMIT $16',
        CASE WHEN stage = 7 THEN 'word_similarity($3, d.search_text)' ELSE closeness END,
        filters, matches)
      USING company, found, folded, words, starts, insides, glued, digits,
        in_status, in_rating, in_buying_group, in_has_notes, in_updated_since, near, stage,
        CASE WHEN stage = 7 THEN 200 ELSE 1000 END - cardinality(found)
    LOOP
      found := found || id;
      RETURN NEXT;
      EXIT WHEN cardinality(found) >= most;
    END LOOP;
  END LOOP;
END $$;

-- A pattern of the word itself and of the words of the current company it may be a slip of: two
-- neighbours replaced by up to three signs, else much the same ones; or two words that lost their
-- blank. Short words share too few trigrams with their slips, so all of about their length are tried.
CREATE FUNCTION dealers.near_words(misspelt text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, ext, pg_temp
  SET pg_trgm.similarity_threshold = 0.25
  SET enable_seqscan = off
AS $$
  WITH vocabulary AS NOT MATERIALIZED (
    SELECT k.word FROM dealers.words k
    WHERE k.company_id = current_setting('app.company_id')::uuid
  ), slip AS (
    SELECT '^(' || string_agg(overlay(misspelt PLACING '.?.?.?' FROM i FOR 2), '|') || ')$' AS slips
    FROM generate_series(1, length(misspelt) - 1) i
    WHERE length(misspelt) BETWEEN 4 AND 40 AND misspelt !~ '[0-9]'
  ), candidates AS (
    SELECT word FROM vocabulary WHERE length(misspelt) > 5 AND word % misspelt
    UNION
    SELECT word FROM vocabulary WHERE length(misspelt) < 6
      AND length(word) BETWEEN length(misspelt) - 1 AND length(misspelt) + 1
  ), halves AS (
    SELECT left(misspelt, i) || ' ' || substr(misspelt, i + 1) AS word
    FROM generate_series(3, length(misspelt) - 3) i, slip
    WHERE EXISTS (SELECT FROM vocabulary v WHERE v.word = left(misspelt, i))
      AND EXISTS (SELECT FROM vocabulary v WHERE v.word = substr(misspelt, i + 1))
  ), near AS (
    SELECT word, word ~ slips AS is_slip, similarity(word, misspelt) AS alike
    FROM candidates, slip
    WHERE (word ~ slips OR (length(misspelt) > 5 AND similarity(word, misspelt) >= 0.5))
      AND NOT EXISTS (SELECT FROM halves)
    ORDER BY 2 DESC, 3 DESC, 1 LIMIT 3
  )
  SELECT ' (' || string_agg(word, '|') || ')'
  FROM (SELECT misspelt AS word UNION SELECT word FROM near UNION SELECT word FROM halves) w
$$;

REVOKE ALL ON FUNCTION dealers.search(text, int, text, int, text, boolean, timestamptz),
  dealers.near_words(text), dealers.learn_words() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dealers.search(text, int, text, int, text, boolean, timestamptz)
  TO ${role};
GRANT CREATE ON SCHEMA dealers TO ${definer};
ALTER FUNCTION dealers.search(text, int, text, int, text, boolean, timestamptz) OWNER TO ${definer};
ALTER FUNCTION dealers.near_words(text) OWNER TO ${definer};
REVOKE CREATE ON SCHEMA dealers FROM ${definer};
