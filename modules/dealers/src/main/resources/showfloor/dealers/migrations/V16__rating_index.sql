-- coalesce() is not known to be leakproof, so behind row-level security the index on it served no
-- comparison: a page deep in the list by rating read all before it.
DROP INDEX dealers.dealers_rating;
CREATE INDEX dealers_rating ON dealers.dealers
  (company_id, (CASE WHEN rating IS NULL THEN 0 ELSE rating END), id);
