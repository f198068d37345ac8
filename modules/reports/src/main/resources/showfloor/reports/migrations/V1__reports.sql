-- Reports own no data of the company: they read what other modules publish.
GRANT USAGE ON SCHEMA auth, dealers, tradeshows, todos TO ${role};
GRANT SELECT ON auth.company_zones, auth.people, dealers.leads, dealers.published_notes,
  dealers.photos_of, dealers.recordings_of, tradeshows.published_shows, tradeshows.links,
  todos.published_todos TO ${role};

-- An archive that is being taken back, so that one that was cut off can go on. One for a company.
CREATE TABLE reports.restores (
  company_id  uuid NOT NULL,
  archive_id  uuid NOT NULL,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (company_id)
);
SELECT dbapi.protect_tenant_table('reports.restores');
