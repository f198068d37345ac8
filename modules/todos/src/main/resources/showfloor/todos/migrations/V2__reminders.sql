-- Who is reminded of what is due is found out for one company after the other: here is when each is
-- looked at next, and up to which of its days its reminders are written. A row comes with the first
-- to-do.
CREATE TABLE todos.reminders (
  company_id uuid NOT NULL,
  look_at    timestamptz NOT NULL,
  day        date,
  PRIMARY KEY (company_id)
);
CREATE INDEX reminders_due ON todos.reminders (look_at);
SELECT dbapi.protect_tenant_table('todos.reminders');

CREATE FUNCTION todos.expect_reminders() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO todos.reminders (company_id, look_at) VALUES (NEW.company_id, NEW.created_at)
  ON CONFLICT (company_id) DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER todos_expect_reminders AFTER INSERT ON todos.todos
  FOR EACH ROW EXECUTE FUNCTION todos.expect_reminders();

-- To-dos that were there before.
ALTER TABLE todos.todos NO FORCE ROW LEVEL SECURITY;
ALTER TABLE todos.reminders NO FORCE ROW LEVEL SECURITY;
INSERT INTO todos.reminders (company_id, look_at)
SELECT t.company_id, min(t.created_at) FROM todos.todos t GROUP BY t.company_id;
ALTER TABLE todos.todos FORCE ROW LEVEL SECURITY;
ALTER TABLE todos.reminders FORCE ROW LEVEL SECURITY;

-- The one thing that is asked across companies: which of them it is time to look at.
CREATE POLICY look ON todos.reminders FOR SELECT TO ${definer} USING (true);
GRANT SELECT ON todos.reminders TO ${definer};
CREATE FUNCTION todos.companies_to_look_at(moment timestamptz, most int)
  RETURNS TABLE (company_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT r.company_id FROM todos.reminders r
   WHERE r.look_at <= moment ORDER BY r.look_at, r.company_id LIMIT most
$$;
REVOKE ALL ON FUNCTION todos.companies_to_look_at(timestamptz, int), todos.expect_reminders()
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION todos.companies_to_look_at(timestamptz, int) TO ${role};
GRANT CREATE ON SCHEMA todos TO ${definer};
ALTER FUNCTION todos.companies_to_look_at(timestamptz, int) OWNER TO ${definer};
REVOKE CREATE ON SCHEMA todos FROM ${definer};

-- Whom to write to, and whether the company has access.
GRANT SELECT ON auth.people, auth.access_of TO ${role};
