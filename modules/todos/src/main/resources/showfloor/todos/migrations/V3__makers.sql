-- Who wrote a to-do down, and in which request.
GRANT EXECUTE ON FUNCTION dealers.actor(), dealers.request() TO ${role};
ALTER TABLE todos.todos
  ADD COLUMN actor_id uuid DEFAULT dealers.actor(),
  ADD COLUMN request_id text DEFAULT dealers.request();

CREATE OR REPLACE VIEW dealers.makers_of_todos AS
  SELECT t.company_id, t.dealer_id, t.id, t.actor_id, t.request_id FROM todos.todos t;
