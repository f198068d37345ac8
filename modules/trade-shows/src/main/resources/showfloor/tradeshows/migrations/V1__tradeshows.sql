CREATE TABLE tradeshows.shows (
  company_id  uuid NOT NULL,
  id          uuid NOT NULL,
  name        text NOT NULL CHECK (name <> '' AND length(name) <= 200),
  location    text CHECK (length(location) <= 200),
  start_date  date,
  end_date    date,
  description text CHECK (length(description) <= 2000),
  version     bigint NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  -- Where lists show it: the latest first, and those without a date before all others.
  listed_on   date NOT NULL GENERATED ALWAYS AS (coalesce(start_date, date '9999-12-31')) STORED,
  PRIMARY KEY (company_id, id),
  CONSTRAINT shows_dates CHECK (end_date >= start_date)
);
CREATE INDEX shows_listed ON tradeshows.shows (company_id, listed_on, id);
SELECT dbapi.protect_tenant_table('tradeshows.shows');

-- One row for each dealer at each show.
CREATE TABLE tradeshows.show_dealers (
  company_id  uuid NOT NULL,
  show_id     uuid NOT NULL,
  dealer_id   uuid NOT NULL,
  id          uuid NOT NULL,
  -- Who linked them.
  user_id     uuid NOT NULL,
  -- When the dealer was met: for a capture that was made offline, long before the link.
  captured_at timestamptz NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (company_id, show_id, dealer_id),
  FOREIGN KEY (company_id, show_id) REFERENCES tradeshows.shows (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, dealer_id) REFERENCES dealers.dealers (company_id, id) ON DELETE CASCADE
);
-- A show with its dealers, the last that was met first; its captures hour by hour.
CREATE INDEX show_dealers_captured
  ON tradeshows.show_dealers (company_id, show_id, captured_at, dealer_id);
-- The shows of a dealer, and its deletion.
CREATE INDEX show_dealers_dealer ON tradeshows.show_dealers (company_id, dealer_id, show_id);
SELECT dbapi.protect_tenant_table('tradeshows.show_dealers');

-- Published.
CREATE VIEW tradeshows.published_shows AS
  SELECT s.company_id, s.id, s.name, s.location, s.start_date, s.end_date, s.description, s.version,
    s.created_at, s.updated_at
  FROM tradeshows.shows s;
CREATE VIEW tradeshows.links AS
  SELECT l.company_id, l.show_id, l.dealer_id, l.id, l.user_id, l.captured_at, l.created_at
  FROM tradeshows.show_dealers l;

-- The shows of a dealer, each as its link with the show in it.
CREATE OR REPLACE VIEW dealers.shows_of AS
  SELECT l.company_id, l.dealer_id, l.show_id,
    json_build_object(
      'id', l.id, 'dealerId', l.dealer_id, 'tradeShowId', l.show_id, 'userId', l.user_id,
      'capturedAt', to_char(l.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'createdAt', to_char(l.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'tradeShow', json_build_object(
        'id', s.id, 'companyId', s.company_id, 'name', s.name, 'location', s.location,
        'startDate', s.start_date, 'endDate', s.end_date, 'description', s.description,
        'version', s.version,
        'createdAt', to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'updatedAt', to_char(s.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      AS item
  FROM tradeshows.show_dealers l
  JOIN tradeshows.shows s ON s.company_id = l.company_id AND s.id = l.show_id;

REVOKE INSERT, UPDATE, DELETE ON tradeshows.published_shows, tradeshows.links FROM ${role};

-- Read by the export.
GRANT USAGE ON SCHEMA dealers TO ${role};
GRANT SELECT ON dealers.leads, dealers.latest_notes, dealers.photos_of TO ${role};
