-- For whoever counts notes; what they say stays here.
CREATE VIEW dealers.published_notes AS
  SELECT n.company_id, n.id, n.dealer_id, n.author_id, n.created_at FROM dealers.notes n;
REVOKE INSERT, UPDATE, DELETE ON dealers.published_notes FROM ${role};
