package showfloor.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import showfloor.app.reports.Company;
import showfloor.testing.Payments;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// A company with one thing of each kind that a request can name, and their ids by kind.
record Belongings(Company company, Map<String, String> ids) {
  private static final Pattern KIND = Pattern.compile("\\$\\{([^}]+)}");

  /// A meeting with somebody who is there, told by a device that nobody knows.
  static final String CAPTURE =
      """
      {'id':'${other capture}','deviceId':'${other device}','sequence':1,
       'capturedAt':'2026-11-23T10:15:30Z','dealerId':'${dealer}'}
      """;

  /// Those of a new company that has paid.
  static Belongings of(TestClient anyone) {
    TestClient owner = Payments.newcomer(anyone);
    String checkout = Payments.checkout(owner, "annual");
    Payments.complete(owner, checkout).expect(200);
    return in(owner, checkout);
  }

  /// New things of the same company.
  Belongings again() {
    return in(company.client(), id("checkout"));
  }

  private static Belongings in(TestClient owner, String checkout) {
    Belongings made = new Belongings(new Company(owner), new HashMap<>());
    made.ids.put("checkout", checkout);
    made.add("user", "/api/auth/users", "{'email':'%s@x.example','firstName':'A','lastName':'B'}");
    made.add("dealer", "/api/dealers", "{'companyName':'Lumina %s'}");
    made.add("newcomer", "/api/dealers", "{'companyName':'Barton %s'}");
    made.add("group", "/api/dealers/groups", "{'name':'%s'}");
    made.add("product", "/api/dealers/products", "{'name':'%s'}");
    made.add("buying-group", "/api/dealers/buying-groups", "{'name':'%s'}");
    made.add("field", "/api/dealers/custom-fields", "{'key':'k%s','name':'%s','type':'text'}");
    made.add("show", "/api/trade-shows", "{'name':'%s'}");
    made.add("note", "/api/dealers/${dealer}/notes", "{'content':'%s'}");
    made.add("todo", "/api/todos", "{'title':'%s','dealerId':'${dealer}','assigneeId':'${user}'}");
    for (String label : new String[] {"group", "product", "buying-group"}) {
      made.post("/api/dealers/%ss/${%<s}/dealers".formatted(label), "{'add':['${dealer}']}");
    }
    made.post("/api/trade-shows/${show}/dealers/${dealer}", "{}");
    for (String file : new String[] {"photo", "recording"}) {
      JsonNode kept = made.company.file(file, made.id("dealer")).expect(201).json();
      made.ids.put(file, kept.path("id").asText());
    }
    made.ids.put("import", made.company.imported("Company,Email\nTulane,x\n"));
    made.ids.put("consent", "phone_contact");
    made.ids.put("device", UUID.randomUUID().toString());
    made.add("capture", "/api/captures", CAPTURE.replace("${other device}", "${device}"));
    return made;
  }

  String id(String kind) {
    return Optional.ofNullable(ids.get(kind)).orElseThrow(() -> new AssertionError("no " + kind));
  }

  /// A text with the ids of the kinds that it names; a kind that begins with `other` never was.
  String own(String text) {
    return KIND.matcher(text)
        .replaceAll(
            kind ->
                kind.group(1).startsWith("other ")
                    ? UUID.randomUUID().toString()
                    : id(kind.group(1)));
  }

  private void add(String kind, String path, String body) {
    JsonNode added = post(path, body);
    ids.put(kind, added.at(kind.equals("user") ? "/user/id" : "/id").asText());
  }

  private JsonNode post(String path, String body) {
    String any = UUID.randomUUID().toString().substring(24);
    String json = own(body).replace('\'', '"').replace("%s", any);
    Reply reply = company.client().post(own(path), json);
    if (reply.status() >= 300) {
      throw new AssertionError(reply.toString());
    }
    return reply.json();
  }
}
