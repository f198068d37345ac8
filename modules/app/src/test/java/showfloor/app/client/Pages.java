package showfloor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// The calls of a page client that was written for the reference: its paths, its bodies, the status
/// that it waits for. It sends no header that the reference did not know.
final class Pages {
  static final Shape DEALER =
      Shape.of(
          "id:id",
          "companyId:id",
          "companyName:text",
          "contactName:text?",
          "email:text?",
          "phone:text?",
          "city:text?",
          "state:text?",
          "zip:text?",
          "country:text?",
          "address:text?",
          "buyingGroup:text?",
          "status:text",
          "rating:count?",
          "notes:text?",
          "createdAt:moment",
          "updatedAt:moment");
  static final Shape COUNTS =
      Shape.of("dealerNotes:count", "photos:count", "voiceRecordings:count", "todos:count");
  static final Shape PAGINATION =
      Shape.of("total:count", "page:count", "limit:count", "totalPages:count");
  static final Shape NOTE =
      Shape.of("id:id", "dealerId:id", "content:text", "createdAt:moment", "updatedAt:moment");
  static final Shape PHOTO =
      Shape.of(
          "id:id",
          "dealerId:id",
          "filename:text",
          "originalName:text",
          "mimeType:text",
          "size:count",
          "type:text",
          "createdAt:moment");
  static final Shape RECORDING =
      Shape.of(
          "id:id",
          "dealerId:id",
          "filename:text",
          "originalName:text",
          "mimeType:text",
          "size:count",
          "duration:number?",
          "createdAt:moment");
  static final Shape SHOW =
      Shape.of(
          "id:id",
          "companyId:id",
          "name:text",
          "location:text?",
          "startDate:day?",
          "endDate:day?",
          "description:text?",
          "createdAt:moment",
          "updatedAt:moment");
  static final Shape TASK =
      Shape.of(
          "id:id",
          "companyId:id",
          "dealerId:id?",
          "title:text",
          "description:text?",
          "completed:flag",
          "dueDate:day?",
          "createdAt:moment",
          "updatedAt:moment");
  static final Shape USER =
      Shape.of("id:id", "email:text", "firstName:text", "lastName:text", "companyId:id");
  static final Shape SUBSCRIPTION =
      Shape.of(
          "id:id",
          "status:text",
          "currentPeriodEnd:moment",
          "cancelAtPeriodEnd:flag",
          "canceledAt:moment?",
          "canCancel:flag");

  private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

  private final TestClient client;

  Pages(TestClient client) {
    this.client = client;
  }

  Pages as(String token) {
    return new Pages(client.withToken(token));
  }

  JsonNode get(String path) {
    return client.get("/api" + path).expect(200).json();
  }

  JsonNode post(String path, String json, int status) {
    return client.post("/api" + path, json).expect(status).json();
  }

  JsonNode put(String path, String json) {
    return client.put("/api" + path, json).expect(200).json();
  }

  Reply delete(String path) {
    return client.delete("/api" + path).expect(200);
  }

  Reply ask(String path) {
    return client.get("/api" + path);
  }

  TestClient client() {
    return client;
  }

  /// Sends a form as a browser does: the file first, then the fields.
  JsonNode upload(
      String path, String field, String fileName, String type, byte[] bytes, String... fields) {
    StringBuilder head = new StringBuilder();
    head.append(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
            .formatted(BOUNDARY, field, fileName));
    head.append("Content-Type: %s\r\n\r\n".formatted(type));
    StringBuilder tail = new StringBuilder("\r\n");
    for (int i = 0; i < fields.length; i += 2) {
      tail.append(
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(BOUNDARY, fields[i], fields[i + 1]));
    }
    tail.append("--%s--\r\n".formatted(BOUNDARY));
    BodyPublisher body =
        BodyPublishers.ofByteArrays(
            Arrays.asList(
                head.toString().getBytes(StandardCharsets.UTF_8),
                bytes,
                tail.toString().getBytes(StandardCharsets.UTF_8)));
    return client
        .send(
            "POST",
            "/api" + path,
            body,
            "Content-Type",
            "multipart/form-data; boundary=" + BOUNDARY)
        .expect(201)
        .json();
  }

  static void reads(JsonNode object, Shape shape) {
    assertThat(shape.faults(object)).as(object.toString()).isEmpty();
  }

  static void readsEach(JsonNode list, Shape shape) {
    assertThat(list.isArray()).as(list.toString()).isTrue();
    assertThat(list).as("the list has something to read").isNotEmpty();
    list.forEach(object -> reads(object, shape));
  }
}
