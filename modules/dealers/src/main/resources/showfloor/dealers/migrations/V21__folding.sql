-- The same answers as in V1 and V11, sooner: these work for each row that is written (measured with
-- 100,000 names: 0.5 to 0.14 s, and 1.7 to 0.6 s).

-- What has as many bytes as letters is ASCII, and needs no table of accents. "C": in Turkish the
-- small letter of I is none of ASCII.
CREATE OR REPLACE FUNCTION dealers.fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(value) = length(value)
  THEN btrim(regexp_replace(
    replace(replace(lower(value COLLATE "C"), '''', ''), '`', ''), '[^a-z0-9]+', ' ', 'g'))
  ELSE btrim(regexp_replace(
    translate(normalize(lower(value), NFKD),
      U&'\00F8\0142\0111\0131\00DF\0300\0301\0302\0303\0304\0306\0307\0308\030A\030B\030C\0327\0328'
        || U&'\0027\2019\2018\0060\00B4', 'oldis'),
    '[^[:alnum:]]+', ' ', 'g')) END;

-- Each of its steps once.
CREATE OR REPLACE FUNCTION dealers.name_key(folded text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  glued constant text := replace(regexp_replace(folded, '\m(the|and|inc|incorporated|llc|ltd'
    || '|limited|co|corp|corporation|company|gmbh|ag|kg|bv|sa|srl|plc|llp|lp|pty)\M', '', 'g'),
    ' ', '');
  short constant text := regexp_replace(
    left(glued, 1) || translate(substr(glued, 2), 'aeiouy', ''), '([[:alpha:]])\1+', '\1', 'g');
BEGIN
  RETURN nullif(CASE
    WHEN length(short) >= 6 THEN short
    WHEN glued <> '' THEN glued
    ELSE replace(folded, ' ', '') END, '');
END $$;
