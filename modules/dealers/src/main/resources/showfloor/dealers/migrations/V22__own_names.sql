-- Published: what a company has named for its dealers, groups, products, buying groups and custom
-- fields. Each name is there once, so one of an archive finds no room beside it. A buying group that
-- was deleted has given its name back.
CREATE VIEW dealers.own_names AS
  SELECT l.company_id, l.id FROM dealers.labels l WHERE l.deleted_at IS NULL
  UNION ALL
  SELECT f.company_id, f.id FROM dealers.field_definitions f;
REVOKE INSERT, UPDATE, DELETE ON dealers.own_names FROM ${role};
