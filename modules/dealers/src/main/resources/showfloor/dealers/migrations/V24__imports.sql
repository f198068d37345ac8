-- What became of each import that was applied, for a week: who lost the answer asks again. At most
-- 100 of a company, the newest.
CREATE TABLE dealers.imports (
  company_id      uuid NOT NULL,
  id              uuid NOT NULL,
  mode            text NOT NULL CHECK (mode IN ('skip', 'update', 'insert')),
  inserted        int NOT NULL,
  updated         int NOT NULL,
  skipped         int NOT NULL,
  failed          int NOT NULL,
  listed          jsonb NOT NULL, -- the rows of the answer
  truncated       boolean NOT NULL,
  ignored_columns text[] NOT NULL,
  header          bytea NOT NULL, -- the file's own, a line of CSV
  actor_id        uuid NOT NULL,
  at              timestamptz NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX imports_at ON dealers.imports (at);
SELECT dbapi.protect_tenant_table('dealers.imports');

-- Failed rows of an import, to be mended and sent again: the first that fit into its share. Bytes,
-- because the text of a row may be at fault itself: it can hold a NUL.
CREATE TABLE dealers.rejected_rows (
  company_id uuid NOT NULL,
  import_id  uuid NOT NULL,
  line       int NOT NULL,
  code       text NOT NULL,
  reason     text NOT NULL,
  cells      bytea NOT NULL, -- as they were sent, a line of CSV
  PRIMARY KEY (company_id, import_id, line),
  FOREIGN KEY (company_id, import_id) REFERENCES dealers.imports (company_id, id)
    ON DELETE CASCADE
);
SELECT dbapi.protect_tenant_table('dealers.rejected_rows');

-- Null for a row that can become a dealer, and behind the share of its import.
ALTER TABLE dealers.import_rows ADD COLUMN cells bytea;

-- What is a week old is swept away by a job. It learns here whose it is, and no more; what it
-- sweeps, it sweeps as that company.
CREATE POLICY sweep ON dealers.imports FOR SELECT TO ${definer} USING (true);
GRANT SELECT (company_id, at) ON dealers.imports TO ${definer};
CREATE FUNCTION dealers.companies_with_old_imports(age interval, most int)
  RETURNS TABLE (company_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT DISTINCT i.company_id FROM dealers.imports i WHERE i.at < now() - age LIMIT most
$$;
REVOKE ALL ON FUNCTION dealers.companies_with_old_imports(interval, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dealers.companies_with_old_imports(interval, int) TO ${role};
GRANT CREATE ON SCHEMA dealers TO ${definer};
ALTER FUNCTION dealers.companies_with_old_imports(interval, int) OWNER TO ${definer};
REVOKE CREATE ON SCHEMA dealers FROM ${definer};
