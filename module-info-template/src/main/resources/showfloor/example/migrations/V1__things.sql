-- Things of a company.
CREATE TABLE example.things (
  company_id uuid NOT NULL,
  id         uuid NOT NULL,
  name       text NOT NULL CHECK (name <> '' AND length(name) <= 200),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id)
);
SELECT dbapi.protect_tenant_table('example.things');
