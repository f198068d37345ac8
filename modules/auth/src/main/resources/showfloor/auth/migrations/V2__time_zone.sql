-- Where a company's days begin and end. The name is one of IANA's; the server checks it, since
-- neither a constraint nor a lookup table can follow the list.
ALTER TABLE auth.companies ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC'
  CHECK (time_zone <> '' AND length(time_zone) <= 100);

-- Published: whoever keeps dates needs to know which day it is.
CREATE VIEW auth.company_zones AS SELECT c.company_id, c.time_zone FROM auth.companies c;
REVOKE INSERT, UPDATE, DELETE ON auth.company_zones FROM ${role};
