-- What the paywall decides on, beside the token: one row for a company that ever had a subscription.
-- Empty until the module that sells them replaces it (CREATE OR REPLACE VIEW, the same columns).
-- Whoever asks with a token knows no company yet, so the view must not read a tenant's table.
CREATE VIEW auth.access_of AS
  SELECT NULL::uuid AS company_id, NULL::json AS facts WHERE false;
REVOKE INSERT, UPDATE, DELETE ON auth.access_of FROM ${role};

-- Published: who pays, and for whom.
CREATE VIEW auth.payers AS
  SELECT u.company_id, u.id AS user_id, u.email, c.name AS company_name
  FROM auth.users u JOIN auth.companies c ON c.company_id = u.company_id;
REVOKE INSERT, UPDATE, DELETE ON auth.payers FROM ${role};
