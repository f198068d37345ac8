-- Whether a zone is one of the server's list. knows_time_zone takes more for one, such as FOO99,
-- which the API never writes and an archive might tell. The list is read from files: once in a
-- restore is seldom enough.
CREATE FUNCTION auth.lists_time_zone(zone text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog
RETURN EXISTS (SELECT FROM pg_catalog.pg_timezone_names n WHERE n.name = zone);
GRANT EXECUTE ON FUNCTION auth.lists_time_zone(text) TO ${role};
