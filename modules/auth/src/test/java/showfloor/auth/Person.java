package showfloor.auth;

import showfloor.dbapi.UuidV7;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// Someone who registers and signs in; each with an e-mail address of their own.
@SuppressWarnings("exports") // the fixtures are no module in tests
public record Person(String email, String password) {

  public static Person unique() {
    return new Person(UuidV7.next() + "@acme.example", "correct horse battery");
  }

  public Person withPassword(String other) {
    return new Person(email, other);
  }

  public Person withEmail(String other) {
    return new Person(other, password);
  }

  /// The body of a registration.
  public String registration() {
    return """
    {"email":"%s","password":"%s","firstName":"Jo","lastName":"Rivera",\
    "companyName":"Acme Lighting"}\
    """
        .formatted(email, password);
  }

  /// The body of a sign-in.
  public String credentials() {
    return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
  }

  /// Registers, and is signed in.
  public TestClient register(TestClient client) {
    return signedIn(client, client.post("/api/auth/register", registration()).expect(201));
  }

  public Reply login(TestClient client, String... headers) {
    return client.post("/api/auth/login", credentials(), headers);
  }

  /// Signs in.
  public TestClient signIn(TestClient client) {
    return signedIn(client, login(client).expect(200));
  }

  public Reply changePassword(TestClient client, String replacement) {
    return client.post(
        "/api/auth/password",
        "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(password, replacement));
  }

  private static TestClient signedIn(TestClient client, Reply reply) {
    return client.withToken(reply.json().path("token").asText());
  }
}
