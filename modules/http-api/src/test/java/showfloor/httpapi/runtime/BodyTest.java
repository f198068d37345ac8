package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.httpapi.Limits;

/// Bodies both ways: JSON, forms, streams, compression.
@ServerTest
class BodyTest {
  private static final TestApi THINGS = TestApi.ofThings();
  private static final String HEAD =
      "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer a\r\n";
  private final int port;

  BodyTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  private Wire.Reply get(String path, String headers) {
    return Wire.ask(port, "GET " + path + " HTTP/1.1\r\n" + HEAD + headers + "\r\n");
  }

  private Wire.Reply post(String path, String type, String body) {
    return Wire.ask(
        port,
        "POST %s HTTP/1.1\r\n%s%sContent-Length: %d\r\n\r\n%s"
            .formatted(path, HEAD, type, body.length(), body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | 201", "Application/JSON; charset=UTF-8 | 201",
        "application/json; charset=\"utf-8\" | 201", "application/json; charset=latin1 | 415",
        "text/plain | 415", "application/x-www-form-urlencoded | 415"
      })
  void onlyJsonIsReadAsJson(String type, int status) {
    assertThat(post("/api/things", "Content-Type: " + type + "\r\n", "{\"name\":\"x\"}").status())
        .isEqualTo(status);
    assertThat(post("/api/things", "", "{\"name\":\"x\"}").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "12",
        "null",
        "{",
        "{\"name\":\"x\",}",
        "{\"name\":\"x\"} {}",
        "{\"name\":\"x\"}x",
        "{\"name\":\"x\",\"name\":\"y\"}",
        "{'name':'x'}",
        "{name:1}",
        "{\"name\":\"a\nb\"}",
        "{\"name\":\"\u00ff\"}",
        "{\"name\":NaN}",
        "// x\n{\"name\":\"x\"}"
      })
  void jsonThatIsNoneIsRefused(String body) {
    Wire.Reply reply = post("/api/things", "Content-Type: application/json\r\n", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"code\":\"MALFORMED_JSON\"");
  }

  @Test
  void jsonThatNestsTooDeepIsRefused() {
    String deep = "{\"name\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    Wire.Reply reply = post("/api/things", "Content-Type: application/json\r\n", deep);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("MALFORMED_JSON", "64 levels");
  }

  @Test
  void anAnswerIsCompressedForThoseWhoWantIt() throws IOException {
    byte[] raw = raw("/api/large", "Accept-Encoding: br, gzip;q=0.5\r\n");
    String text = new String(raw, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("Content-Encoding: gzip", "ETag: \"3-gzip\"");
    int body = text.indexOf("\r\n\r\n") + 4;
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(raw, body, raw.length - body))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).hasSize(5002);
    }
    assertThat(get("/api/large", "If-None-Match: \"3-gzip\"\r\n").status()).isEqualTo(304);
  }

  private byte[] raw(String path, String headers) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      String request = "GET " + path + " HTTP/1.1\r\n" + HEAD + headers + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().readAllBytes();
    }
  }

  @Test
  void smallAndSecretAnswersAreNotCompressed() {
    String gzip = "Accept-Encoding: gzip\r\n";
    assertThat(get("/api/secret", gzip).header("Content-Encoding")).isEmpty();
    assertThat(get("/api/things/list", gzip).header("Content-Encoding")).isEmpty();
    assertThat(get("/api/large", "").header("Content-Encoding")).isEmpty();
    assertThat(get("/api/large", "Accept-Encoding: gzip;q=0\r\n").header("Content-Encoding"))
        .isEmpty();
  }

  @Test
  void aStreamThatFailsBeforeItsFirstBytesIsAProblem() {
    Wire.Reply reply = get("/api/stream/early", "");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).contains("INTERNAL_ERROR").doesNotContain("secret");
    assertThat(reply.header("Content-Disposition")).isEmpty();
  }

  @Test
  void aStreamThatFailsLaterIsCutSoThatNobodyTakesItForWhole() {
    Wire.Reply reply = get("/api/stream/late", "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(reply.text()).doesNotEndWith("0\r\n\r\n").doesNotContain("secret");
    assertThat(reply.closed()).isTrue();
  }

  @Test
  void aStreamArrivesWholeUnderItsName() {
    Wire.Reply reply = get("/api/stream/whole", "");
    assertThat(reply.text()).endsWith("0\r\n\r\n");
    assertThat(reply.text().split("a,b", -1)).hasSize(50_001);
    assertThat(reply.header("Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"th__ngs__1_.csv\"; filename*=UTF-8''th%C3%ADngs%20%221%22.csv");
    assertThat(reply.header("Date")).matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} .* GMT");
    assertThat(get("/api/stream/short", "").header("Content-Length")).isEqualTo("4");
  }

  private Wire.Reply form(String body) {
    return post("/api/form", "Content-Type: multipart/form-data; boundary=XX\r\n", body);
  }

  @Test
  void aPartOfAFormIsFoundBehindOthers() {
    Wire.Reply reply =
        form(
            """
            --XX\r
            Content-Disposition: form-data; name="type"\r
            \r
            badge\r
            --XX\r
            Content-Disposition: form-data; name="file"; filename="../../etc/passwd"\r
            Content-Type: text/csv\r
            \r
            a,b\r
            --XX--\r
            """);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("\"a,b\"");
  }

  private Wire.Reply formPair(String thing, String rest) {
    String body =
        "--XX\r\nContent-Disposition: form-data; name=\"thing\"\r\n\r\n" + thing + "\r\n" + rest;
    return post("/api/form-pair", "Content-Type: multipart/form-data; boundary=XX\r\n", body);
  }

  @Test
  void aFileMayFollowAPartInJson() {
    String file = "--XX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--XX--\r\n";
    Wire.Reply reply = formPair("{\"name\": \"a\"}", file);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("\"a 3\"");
    assertThat(formPair("{\"name\": \"a\"}", "--XX--\r\n").body()).contains("/file");
    assertThat(formPair("{\"name\": \"a\"", file).status()).isEqualTo(400);
    assertThat(formPair("{\"nam\": \"a\"}", file).body()).contains("/nam");
    String tooLong = "{\"name\": \"%s\"}".formatted("a".repeat(Limits.JSON_BODY.value()));
    assertThat(formPair(tooLong, file).status()).isEqualTo(413);
  }

  @Test
  void aFormThatIsNoneIsRefused() {
    String part = "--XX\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n";
    for (String body :
        new String[] {
          "",
          "x",
          "--YY--\r\n",
          part + "--XX--\r\n",
          part,
          part.repeat(30) + "--XX--\r\n",
          "--XX\r\nbroken\r\n\r\nx\r\n--XX--\r\n",
          "--XX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nends early",
          "--XX\r\nX: " + "y".repeat(100_000) + "\r\n\r\nx\r\n--XX--\r\n"
        }) {
      Wire.Reply reply = form(body);
      assertThat(reply.status()).as(body.substring(0, Math.min(60, body.length()))).isEqualTo(400);
      assertThat(reply.body()).doesNotContain("Exception", "yyyyyyyy");
    }
    assertThat(post("/api/form", "Content-Type: multipart/form-data\r\n", part).status())
        .isEqualTo(400);
    assertThat(post("/api/form", "Content-Type: text/csv\r\n", "a,b").status()).isEqualTo(415);
  }
}
