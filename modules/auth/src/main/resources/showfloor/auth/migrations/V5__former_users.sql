-- Who is named in what an archive told, and was no user here when it was taken back: enough to know
-- who did something, and nothing to sign in with.
CREATE TABLE auth.former_users (
  company_id uuid NOT NULL,
  id         uuid NOT NULL,
  email      text NOT NULL CHECK (email <> '' AND length(email) <= 254),
  first_name text NOT NULL CHECK (first_name <> '' AND length(first_name) <= 200),
  last_name  text NOT NULL CHECK (last_name <> '' AND length(last_name) <= 200),
  PRIMARY KEY (company_id, id)
);
SELECT dbapi.protect_tenant_table('auth.former_users');
REVOKE UPDATE, DELETE ON auth.former_users FROM ${role};
