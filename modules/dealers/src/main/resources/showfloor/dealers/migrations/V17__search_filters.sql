-- A filter by what others keep on a dealer was planned as a join: through all the photos, or all the
-- dealers of the show, at each stage (measured with 20,000 of them: 800,000 pages, 3 s). OFFSET 0
-- keeps it what it says: looked up for each hit.
DROP FUNCTION
  dealers.search(text, int, text, int, text, text, uuid, uuid, uuid, timestamptz);

-- Ranked dealers of the current company, at most `most`, each by its best rank:
-- 1 the name, 2 the name's beginning, 3 all words in any order, 4 part of the phone, 5 initials,
-- 6 inside words, 7 misspelt. A stage runs only while there is room, 6 and 7 only when nothing was
-- found and a word is long enough to have trigrams: without one the index would hand out every row.
-- Within a rank the higher score (0 to 1) is the better hit, then the name. A filter is null or
-- holds; rating 0 asks for dealers without one. Of more than 1,000 hits of ranks 3, 4 and 6 any may
-- be left out: to sort them first would mean to read them all.
CREATE FUNCTION dealers.search(
    query text, most int, in_status text, in_rating int, in_buying_group text, in_has text,
    in_show uuid, in_group uuid, in_product uuid, in_updated_since timestamptz)
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
    || CASE WHEN in_has IS NULL THEN '' ELSE format(' AND EXISTS (SELECT FROM dealers.%I h'
      || ' WHERE h.company_id = $1 AND h.dealer_id = d.id OFFSET 0)',
      CASE in_has WHEN 'notes' THEN 'notes' ELSE in_has || '_of' END) END
    || CASE WHEN in_show IS NULL THEN '' ELSE ' AND EXISTS (SELECT FROM dealers.shows_of s'
      || ' WHERE s.company_id = $1 AND s.dealer_id = d.id AND s.show_id = $12 OFFSET 0)' END
    || CASE WHEN in_group IS NULL THEN '' ELSE ' AND EXISTS (SELECT FROM dealers.label_members m'
      || ' WHERE m.company_id = $1 AND m.dealer_id = d.id AND m.label_id = $17 OFFSET 0)' END
    || CASE WHEN in_product IS NULL THEN '' ELSE ' AND EXISTS (SELECT FROM dealers.label_members m'
      || ' WHERE m.company_id = $1 AND m.dealer_id = d.id AND m.label_id = $18 OFFSET 0)' END
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
        in_status, in_rating, in_buying_group, in_show, in_updated_since, near, stage,
        CASE WHEN stage = 7 THEN 200 ELSE 1000 END - cardinality(found), in_group, in_product
    LOOP
      found := found || id;
      RETURN NEXT;
      EXIT WHEN cardinality(found) >= most;
    END LOOP;
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION
  dealers.search(text, int, text, int, text, text, uuid, uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  dealers.search(text, int, text, int, text, text, uuid, uuid, uuid, timestamptz) TO ${role};
GRANT CREATE ON SCHEMA dealers TO ${definer};
ALTER FUNCTION dealers.search(text, int, text, int, text, text, uuid, uuid, uuid, timestamptz)
  OWNER TO ${definer};
REVOKE CREATE ON SCHEMA dealers FROM ${definer};
