-- What is to be done. A foreign dealer or user cannot be named: the company is part of the key. What
-- a to-do is about may go, the to-do stays.
CREATE TABLE todos.todos (
  company_id   uuid NOT NULL,
  id           uuid NOT NULL,
  title        text NOT NULL CHECK (title <> '' AND length(title) <= 200),
  description  text CHECK (length(description) <= 2000),
  completed_at timestamptz,
  completed    boolean NOT NULL GENERATED ALWAYS AS (completed_at IS NOT NULL) STORED,
  -- A day of the calendar, the same in every time zone.
  due_date     date,
  -- What lists are sorted by. A column, because behind the tenant policy an index on an expression
  -- finds no place to begin at.
  sort_date    date NOT NULL GENERATED ALWAYS AS (coalesce(due_date, 'infinity'::date)) STORED,
  dealer_id    uuid,
  assignee_id  uuid,
  version      bigint NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  PRIMARY KEY (company_id, id),
  CONSTRAINT todos_dealer FOREIGN KEY (company_id, dealer_id)
    REFERENCES dealers.dealers (company_id, id) ON DELETE SET NULL (dealer_id),
  CONSTRAINT todos_assignee FOREIGN KEY (company_id, assignee_id)
    REFERENCES auth.users (company_id, id) ON DELETE SET NULL (assignee_id)
);
-- The order of the list: open first, then by day, those without one last.
CREATE INDEX todos_order ON todos.todos (company_id, completed, sort_date, id);
CREATE INDEX todos_of_dealer ON todos.todos (company_id, dealer_id, id);
CREATE INDEX todos_of_assignee ON todos.todos (company_id, assignee_id, id);
SELECT dbapi.protect_tenant_table('todos.todos');

-- Every change counts, that of a deleted dealer or user too: it comes by the key, past our statements.
CREATE FUNCTION todos.count_change() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  NEW.version := OLD.version + 1;
  NEW.updated_at := greatest(OLD.updated_at, date_trunc('milliseconds', clock_timestamp()));
  RETURN NEW;
END $$;
CREATE TRIGGER todos_changed BEFORE UPDATE ON todos.todos
  FOR EACH ROW EXECUTE FUNCTION todos.count_change();

-- The company's day, and the names of dealers in lists.
GRANT USAGE ON SCHEMA auth, dealers TO ${role};
GRANT SELECT ON auth.company_zones, dealers.leads TO ${role};

-- Published: for reports, and for whoever reminds.
CREATE VIEW todos.published_todos AS
  SELECT t.company_id, t.id, t.dealer_id, t.assignee_id, t.title, t.description, t.completed,
    t.completed_at, t.due_date, t.version, t.created_at, t.updated_at
  FROM todos.todos t;
REVOKE INSERT, UPDATE, DELETE ON todos.published_todos FROM ${role};

-- What a dealer is answered with, member for member as a to-do is answered alone.
CREATE OR REPLACE VIEW dealers.todos_of AS
  SELECT t.company_id, t.dealer_id, t.id, t.due_date, t.completed,
    json_build_object(
      'id', t.id,
      'companyId', t.company_id,
      'dealerId', t.dealer_id,
      'assigneeId', t.assignee_id,
      'title', t.title,
      'description', t.description,
      'completed', t.completed,
      'dueDate', t.due_date,
      'completedAt',
        to_char(t.completed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'version', t.version,
      'createdAt', to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'updatedAt', to_char(t.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) AS item
  FROM todos.todos t
  WHERE t.dealer_id IS NOT NULL;
