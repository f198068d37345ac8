package showfloor.dealers.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.dealers.CapturePhoto;
import showfloor.dealers.CaptureShow;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Request;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;

/// Shows and photos as other modules keep them: in tables of their own, under the same roles and
/// the same row-level security.
final class Booth implements CaptureShow, CapturePhoto {
  private static final String TABLES =
      """
      create table if not exists dealers.test_shows (
        company_id uuid not null, id uuid not null, primary key (company_id, id));
      create table if not exists dealers.test_links (
        company_id uuid not null, show_id uuid not null, dealer_id uuid not null,
        met_at timestamptz not null, primary key (company_id, show_id, dealer_id));
      create table if not exists dealers.test_photos (
        company_id uuid not null, id uuid not null, dealer_id uuid, bytes bytea not null,
        primary key (company_id, id));
      """;

  private static final Sql ADD_SHOW =
      Sql.of(
          "dealers.test_add_show",
          "INSERT INTO dealers.test_shows (company_id, id) VALUES (:company_id, :id)");
  private static final Sql LINK =
      Sql.of(
          "dealers.test_link",
          """
          WITH show AS (SELECT s.company_id, s.id FROM dealers.test_shows s WHERE s.id = :show_id),
          link AS (
            INSERT INTO dealers.test_links (company_id, show_id, dealer_id, met_at)
            SELECT show.company_id, show.id, :dealer_id, :met_at FROM show
            ON CONFLICT DO NOTHING)
          SELECT show.id FROM show
          """);
  private static final Sql STAGE =
      Sql.of(
          "dealers.test_stage_photo",
          "INSERT INTO dealers.test_photos (company_id, id, bytes) VALUES (:company_id, :id, :bytes)");
  private static final Sql KEEP =
      Sql.of(
          "dealers.test_keep_photo",
          "UPDATE dealers.test_photos SET dealer_id = :dealer_id WHERE id = :id");
  private static final Sql COUNT =
      Sql.of(
          "dealers.test_count_kept",
          """
          SELECT
            (SELECT count(*) FROM dealers.dealers) AS dealers,
            (SELECT count(*) FROM dealers.notes) AS notes,
            (SELECT count(*) FROM dealers.captures) AS captures,
            (SELECT count(*) FROM dealers.test_links) AS links,
            (SELECT count(*) FROM dealers.test_photos p WHERE p.dealer_id IS NOT NULL) AS photos
          """);

  private final Database database;

  private Booth(Database database) {
    this.database = database;
  }

  /// A server with a booth.
  static TestServer server() {
    TestServer server =
        TestServer.start(
            parts -> {
              Booth booth = new Booth(parts.database());
              return List.of(new DealersDomain(parts.database(), booth, booth));
            });
    createTables();
    return server;
  }

  private static void createTables() {
    try (Connection session =
            DriverManager.getConnection(
                TestPostgres.url(), TestPostgres.user(), TestPostgres.password());
        Statement statement = session.createStatement()) {
      session.setAutoCommit(false);
      statement.execute("set local role showfloor_owner");
      statement.execute(TABLES);
      for (String table : List.of("test_shows", "test_links", "test_photos")) {
        statement.execute(
            """
            do $$ begin
              if not exists (select from pg_policy where polrelid = 'dealers.%1$s'::regclass) then
                perform dbapi.protect_tenant_table('dealers.%1$s');
              end if;
            end $$
            """
                .formatted(table));
      }
      session.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static UUID company(TestClient client) {
    return UUID.fromString(client.token().substring(0, 36));
  }

  /// Opens a show of the client's company.
  static UUID addShow(TestServer server, TestClient client) {
    UUID id = UuidV7.next();
    UUID company = company(client);
    server.in(
        company, () -> server.database().execute(ADD_SHOW.with("company_id", company, "id", id)));
    return id;
  }

  /// What the client's company has.
  record Kept(long dealers, long notes, long captures, long links, long photos) {}

  static Kept kept(TestServer server, TestClient client) {
    return server.in(
        company(client),
        () ->
            server
                .database()
                .one(
                    COUNT.with(),
                    row ->
                        new Kept(
                            row.bigint("dealers"),
                            row.bigint("notes"),
                            row.bigint("captures"),
                            row.bigint("links"),
                            row.bigint("photos"))));
  }

  @Override
  public boolean link(SqlWriter sql, Caller caller, UUID showId, UUID dealerId, Instant at) {
    return !sql.returning(
            LINK.with("show_id", showId, "dealer_id", dealerId, "met_at", at),
            row -> row.uuid("id"))
        .isEmpty();
  }

  @Override
  public Staged stage(Request request) {
    byte[] bytes = photo(request);
    UUID id = UuidV7.next();
    database.execute(
        STAGE.with("company_id", request.caller().companyId(), "id", id, "bytes", bytes));
    return (sql, dealerId) -> keep(sql, id, dealerId);
  }

  private static byte[] photo(Request request) {
    try (InputStream part = request.part("photo")) {
      byte[] bytes = part.readAllBytes();
      if (bytes.length == 0) {
        throw Problem.invalid("/photo", "REQUIRED", "The photo is empty.");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonValue keep(SqlWriter sql, UUID id, UUID dealerId) {
    sql.execute(KEEP.with("id", id, "dealer_id", dealerId));
    return Json.object(
        out -> {
          Json.id(out, "id", id);
          Json.id(out, "dealerId", dealerId);
        });
  }
}
