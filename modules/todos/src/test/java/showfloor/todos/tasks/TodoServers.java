package showfloor.todos.tasks;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import showfloor.auth.AuthDomain;
import showfloor.dbapi.Schema;
import showfloor.dbapi.UuidV7;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Access;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.mail.Delivery;
import showfloor.mail.Mails;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;
import showfloor.todos.TodosDomain;

/// To-dos behind a server, with dealers, and with auth's tables: companies that have a time zone,
/// and users. Nobody signs in.
public final class TodoServers {
  private TodoServers() {}

  public static TestServer start() {
    return start(InstantSource.system());
  }

  public static TestServer start(InstantSource clock) {
    return start(clock, new Delivery.Off(), Access.OPEN);
  }

  public static TestServer start(InstantSource clock, Delivery delivery, Access access) {
    return TestServer.start(
        parts ->
            List.of(
                new AuthTables(),
                new DealersDomain(parts.database()),
                new TodosDomain(
                    parts.database(), new Mails(parts.database(), delivery), access, clock)));
  }

  /// The owner of a new company in a time zone.
  public static TestClient newCompany(TestServer server, String zone) {
    TestClient client = server.newCompany();
    run(
        client,
        """
        insert into auth.companies (company_id, name, time_zone, created_at)
        values ('%s', 'Acme', '%s', now())
        """
            .formatted(companyOf(client), zone));
    addUser(client, UUID.fromString(client.token().split("\\.", 2)[1]));
    return client;
  }

  /// The id of another user of the company.
  public static UUID newUser(TestClient client) {
    return addUser(client, UuidV7.next());
  }

  public static UUID companyOf(TestClient client) {
    return UUID.fromString(client.token().split("\\.", 2)[0]);
  }

  private static UUID addUser(TestClient client, UUID id) {
    run(
        client,
        """
        insert into auth.users (company_id, id, email, first_name, last_name, role, created_at)
        values ('%s', '%s', '%2$s@example.com', 'Ann', 'Field', 'member', now())
        """
            .formatted(companyOf(client), id));
    run(
        client,
        """
        insert into auth.logins (email, company_id, user_id, password_hash)
        values ('%2$s@example.com', '%1$s', '%2$s', '$argon2id$none')
        """
            .formatted(companyOf(client), id));
    return id;
  }

  /// Runs a statement as the owner of all tables, for the client's company.
  public static void run(TestClient client, String statement) {
    text(client, statement);
  }

  /// The first value that a statement answers, if any.
  public static String text(TestClient client, String statement) {
    try (Connection connection =
            DriverManager.getConnection(
                TestPostgres.url(), TestPostgres.user(), TestPostgres.password());
        var sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute("set local role showfloor_owner");
      sql.execute("select set_config('app.company_id', '%s', true)".formatted(companyOf(client)));
      String first = "";
      if (sql.execute(statement)) {
        try (var rows = sql.getResultSet()) {
          first = rows.next() ? rows.getString(1) : first;
        }
      }
      connection.commit();
      return first;
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private static final class AuthTables implements Domain {
    @Override
    public String name() {
      return "auth";
    }

    @Override
    public Schema schema() {
      return AuthDomain.tables();
    }

    @Override
    public void routes(Routes routes) {}

    @Override
    public InputStream openapi() {
      return new ByteArrayInputStream(
          """
          openapi: 3.1.0
          info: {title: auth, version: '1'}
          paths: {}
          """
              .getBytes(StandardCharsets.UTF_8));
    }
  }
}
