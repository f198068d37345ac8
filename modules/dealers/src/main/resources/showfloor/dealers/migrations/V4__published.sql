-- What others may read of dealers. A view is the owner's, so it sees what row-level security lets
-- the company see; it never writes.
CREATE VIEW dealers.leads AS
  SELECT d.company_id, d.id, d.company_name, d.contact_name, d.email, d.phone, d.city, d.state,
    d.zip, d.country, d.address, d.buying_group, d.status, d.rating, d.notes, d.version,
    d.created_at, d.updated_at
  FROM dealers.dealers d;

-- The newest note of each dealer; ids are in the order of their making.
CREATE VIEW dealers.latest_notes AS
  SELECT n.company_id, n.dealer_id, n.content, n.created_at
  FROM dealers.notes n
  WHERE NOT EXISTS (
    SELECT FROM dealers.notes newer
    WHERE newer.company_id = n.company_id AND newer.dealer_id = n.dealer_id AND newer.id > n.id);

-- What modules above keep on a dealer. Each is empty until the module that owns the data replaces
-- it with a view of its tables (CREATE OR REPLACE VIEW, the same columns); `item` is the object
-- that the API answers inside the dealer, in the owner's shape.
CREATE VIEW dealers.photos_of AS
  SELECT NULL::uuid AS company_id, NULL::uuid AS dealer_id, NULL::uuid AS id, NULL::json AS item
  WHERE false;
CREATE VIEW dealers.recordings_of AS
  SELECT NULL::uuid AS company_id, NULL::uuid AS dealer_id, NULL::uuid AS id, NULL::json AS item
  WHERE false;
CREATE VIEW dealers.todos_of AS
  SELECT NULL::uuid AS company_id, NULL::uuid AS dealer_id, NULL::uuid AS id,
    NULL::date AS due_date, NULL::boolean AS completed, NULL::json AS item
  WHERE false;
CREATE VIEW dealers.shows_of AS
  SELECT NULL::uuid AS company_id, NULL::uuid AS dealer_id, NULL::uuid AS show_id,
    NULL::json AS item
  WHERE false;

REVOKE INSERT, UPDATE, DELETE ON dealers.leads, dealers.latest_notes, dealers.photos_of,
  dealers.recordings_of, dealers.todos_of, dealers.shows_of FROM ${role};
