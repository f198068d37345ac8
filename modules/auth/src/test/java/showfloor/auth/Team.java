package showfloor.auth;

import com.fasterxml.jackson.databind.JsonNode;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// An owner, who makes members.
@SuppressWarnings("exports") // the fixtures are no module in tests
public record Team(Person person, TestClient owner) {
  public static final String PASSWORD = "staple the violet door";

  /// A company that did not exist before.
  public static Team of(TestClient client) {
    Person person = Person.unique();
    return new Team(person, person.register(client));
  }

  /// Whoever was made, and the link.
  public record Made(String id, Person person, String token) {
    /// Uses the link.
    public Reply accept(TestClient anyone) {
      return setPassword(anyone, token, person.password());
    }

    /// Uses the link, and is signed in.
    public TestClient join(TestClient anyone) {
      return anyone.withToken(accept(anyone).expect(200).json().path("token").asText());
    }
  }

  public Made make() {
    Person sam = Person.unique().withPassword(PASSWORD);
    return made(sam, add(sam.email()));
  }

  /// What the answer to [#add] says.
  public static Made made(Person person, Reply reply) {
    JsonNode made = reply.expect(201).json();
    return new Made(made.at("/user/id").asText(), person, made.at("/setup/token").asText());
  }

  public Reply add(String email) {
    return owner.post("/api/auth/users", member(email));
  }

  public Reply renewLink(Made member) {
    return owner.post("/api/auth/users/" + member.id() + "/link", "");
  }

  public Reply remove(Made member) {
    return owner.delete("/api/auth/users/" + member.id());
  }

  /// The body that makes a member.
  public static String member(String email) {
    return "{\"email\":\"%s\",\"firstName\":\"Sam\",\"lastName\":\"Okafor\"}".formatted(email);
  }

  public static Reply setPassword(TestClient anyone, String token, String password) {
    return anyone.post(
        "/api/auth/password-setup",
        "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password));
  }
}
