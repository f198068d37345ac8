-- In which request a dealer was joined to a show. Who did it is there already.
GRANT EXECUTE ON FUNCTION dealers.request() TO ${role};
ALTER TABLE tradeshows.show_dealers ADD COLUMN request_id text DEFAULT dealers.request();

CREATE OR REPLACE VIEW dealers.makers_of_links AS
  SELECT l.company_id, l.dealer_id, l.show_id, l.user_id AS actor_id, l.request_id
  FROM tradeshows.show_dealers l;
