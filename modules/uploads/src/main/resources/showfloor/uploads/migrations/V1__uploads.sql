-- A file that is kept, or one that is on its way in: until `created_at` is set nobody sees it, and
-- after a quarter of an hour the company's next upload sweeps it away.
CREATE TABLE uploads.files (
  company_id    uuid NOT NULL,
  id            uuid NOT NULL,
  -- None yet while a capture sends the photo before it has its dealer.
  dealer_id     uuid,
  kind          text CHECK (kind IN ('photo', 'recording')),
  type          text CHECK (length(type) <= 100),
  duration      integer CHECK (duration BETWEEN 0 AND 86400),
  file_name     text CHECK (length(file_name) <= 100),
  original_name text CHECK (length(original_name) <= 200),
  mime_type     text,
  size          bigint CHECK (size > 0),
  sha256        bytea CHECK (octet_length(sha256) = 32),
  started_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_at    timestamptz,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, dealer_id) REFERENCES dealers.dealers (company_id, id)
    ON DELETE CASCADE,
  CONSTRAINT files_whole CHECK (
    created_at IS NULL
    OR num_nulls(dealer_id, kind, file_name, original_name, mime_type, size, sha256) = 0)
);
CREATE INDEX files_dealer ON uploads.files (company_id, dealer_id, kind, id);
CREATE INDEX files_arriving ON uploads.files (company_id, started_at) WHERE created_at IS NULL;
SELECT dbapi.protect_tenant_table('uploads.files');

-- The bytes, in pieces that one statement writes or reads. Media is compressed already: a slice of
-- what PostgreSQL does not compress is read without the rest.
CREATE TABLE uploads.chunks (
  company_id uuid    NOT NULL,
  file_id    uuid    NOT NULL,
  number     integer NOT NULL CHECK (number >= 0),
  bytes      bytea   NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 262144),
  PRIMARY KEY (company_id, file_id, number),
  FOREIGN KEY (company_id, file_id) REFERENCES uploads.files (company_id, id) ON DELETE CASCADE
);
ALTER TABLE uploads.chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
SELECT dbapi.protect_tenant_table('uploads.chunks');

-- Made when first asked for. Null where none can be made, so that nobody tries again.
CREATE TABLE uploads.thumbnails (
  company_id uuid    NOT NULL,
  file_id    uuid    NOT NULL,
  size       integer NOT NULL CHECK (size IN (128, 256, 512)),
  bytes      bytea,
  PRIMARY KEY (company_id, file_id, size),
  FOREIGN KEY (company_id, file_id) REFERENCES uploads.files (company_id, id) ON DELETE CASCADE
);
SELECT dbapi.protect_tenant_table('uploads.thumbnails');

-- System table: what signs links, the same for every replica. Another secret ends all links.
CREATE TABLE uploads.link_secrets (
  id     integer NOT NULL CHECK (id = 1),
  secret bytea   NOT NULL CHECK (octet_length(secret) = 32),
  PRIMARY KEY (id)
);
INSERT INTO uploads.link_secrets (id, secret)
VALUES (1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
REVOKE INSERT, UPDATE, DELETE ON uploads.link_secrets FROM ${role};

-- What others may read of files: never the bytes.
CREATE VIEW uploads.kept_files AS
  SELECT f.company_id, f.id, f.dealer_id, f.kind, f.type, f.duration, f.file_name,
    f.original_name, f.mime_type, f.size, encode(f.sha256, 'hex') AS sha256, f.created_at
  FROM uploads.files f
  WHERE f.created_at IS NOT NULL;
REVOKE INSERT, UPDATE, DELETE ON uploads.kept_files FROM ${role};

-- A dealer's photos and recordings, as StoredFile writes them.
CREATE OR REPLACE VIEW dealers.photos_of AS
  SELECT f.company_id, f.dealer_id, f.id, json_build_object(
      'id', f.id, 'dealerId', f.dealer_id, 'type', f.type, 'filename', f.file_name,
      'originalName', f.original_name, 'mimeType', f.mime_type, 'size', f.size,
      'url', '/api/uploads/photo/' || f.id,
      'createdAt', to_char(f.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) AS item
  FROM uploads.files f
  WHERE f.kind = 'photo' AND f.created_at IS NOT NULL;

CREATE OR REPLACE VIEW dealers.recordings_of AS
  SELECT f.company_id, f.dealer_id, f.id, json_build_object(
      'id', f.id, 'dealerId', f.dealer_id, 'duration', f.duration, 'filename', f.file_name,
      'originalName', f.original_name, 'mimeType', f.mime_type, 'size', f.size,
      'url', '/api/uploads/recording/' || f.id,
      'createdAt', to_char(f.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) AS item
  FROM uploads.files f
  WHERE f.kind = 'recording' AND f.created_at IS NOT NULL;
