-- What a user wants by mail.
ALTER TABLE auth.users
  ADD COLUMN daily_email_reminders boolean NOT NULL DEFAULT true,
  ADD COLUMN marketing_emails      boolean NOT NULL DEFAULT false;

-- A member has no password before the link is used; one whose password is lost gets another link. A
-- login has at most one, so that a new one replaces the old, and using it up is one update.
ALTER TABLE auth.logins
  ALTER COLUMN password_hash DROP NOT NULL,
  -- SHA-256 of the link's token: what is stolen from here opens nothing.
  ADD COLUMN setup_hash       bytea CHECK (octet_length(setup_hash) = 32),
  ADD COLUMN setup_expires_at timestamptz,
  ADD CONSTRAINT logins_setup_key UNIQUE (setup_hash),
  ADD CHECK ((setup_hash IS NULL) = (setup_expires_at IS NULL));

-- Whether this server can reckon in a time zone: its list is not the one of the process, and a name
-- that it does not know fails every statement that uses it.
CREATE FUNCTION auth.knows_time_zone(zone text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
  PERFORM now() AT TIME ZONE zone;
  RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN false;
END $$;
GRANT EXECUTE ON FUNCTION auth.knows_time_zone(text) TO ${role};

-- Published: whom work is given to, and who is written to. Nobody is reminded who has not come yet.
CREATE VIEW auth.people AS
  SELECT u.company_id, u.id AS user_id, u.first_name, u.last_name, u.email, u.role,
    u.daily_email_reminders AND l.password_hash IS NOT NULL AS daily_email_reminders
  FROM auth.users u JOIN auth.logins l ON l.company_id = u.company_id AND l.user_id = u.id;
REVOKE INSERT, UPDATE, DELETE ON auth.people FROM ${role};
