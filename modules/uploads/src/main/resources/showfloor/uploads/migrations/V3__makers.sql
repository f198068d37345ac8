-- Who sent a file, and in which request.
GRANT EXECUTE ON FUNCTION dealers.actor(), dealers.request() TO ${role};
ALTER TABLE uploads.files
  ADD COLUMN actor_id uuid DEFAULT dealers.actor(),
  ADD COLUMN request_id text DEFAULT dealers.request();

CREATE OR REPLACE VIEW uploads.kept_files AS
  SELECT f.company_id, f.id, f.dealer_id, f.kind, f.type, f.duration, f.file_name,
    f.original_name, f.mime_type, f.size, encode(f.sha256, 'hex') AS sha256, f.created_at,
    f.actor_id, f.request_id
  FROM uploads.files f
  WHERE f.created_at IS NOT NULL;

CREATE OR REPLACE VIEW dealers.makers_of_files AS
  SELECT f.company_id, f.dealer_id, f.id, f.actor_id, f.request_id FROM uploads.files f;
