package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Json;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;

class DescriptionTest {
  private static final String CARS =
      """
      openapi: 3.1.0
      info: {title: cars, version: '1'}
      tags: [{name: cars}]
      paths:
        /api/cars:
          get:
            operationId: listCars
            security: []
            responses:
              '200':
                description: All.
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/CarName'}
        /api/cars/{id}:
          parameters:
            - {name: id, in: path, required: true, schema: {type: string}}
          get:
            operationId: getCar
            responses:
              '404': {$ref: '#/components/responses/NotFound'}
          post:
            operationId: washCar
            parameters: [{$ref: '#/components/parameters/IdempotencyKey'}]
            responses:
              '204': {description: Done.}
      components:
        schemas:
          CarName: {type: string, maxLength: ${limit.name}}
      """;

  private record Part(String name, String yaml, Routing routing) implements Domain {
    @Override
    public Schema schema() {
      return new Schema(name, List.of(), Map.of());
    }

    @Override
    public void routes(Routes routes) {
      routing.declare(routes);
    }

    @Override
    public InputStream openapi() {
      return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }
  }

  private interface Routing {
    void declare(Routes routes);
  }

  private static HttpApi api(Domain... domains) {
    return new TestApi(HttpSettings.defaults(), domains).api;
  }

  private static Part cars(Routing routing) {
    return new Part("cars", CARS, routing);
  }

  private static Answer answer() {
    return Answer.ok(Json.text("x"));
  }

  private static void declareAll(Routes routes) {
    routes.get("/api/cars", request -> answer()).guard(Guard.PUBLIC);
    routes.get("/api/cars/{id}", request -> answer());
    routes.post("/api/cars/{id}", request -> Answer.noContent()).idempotent();
  }

  @Test
  void theDescriptionIsMergedAndLimitsAreFilledIn() throws IOException {
    JsonNode document = new JsonMapper().readTree(api(cars(DescriptionTest::declareAll)).openapi());
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.at("/info/title").asText()).isEqualTo("Showfloor");
    assertThat(document.at("/tags/0/name").asText()).isEqualTo("cars");
    assertThat(document.at("/components/schemas/CarName/maxLength").asInt()).isEqualTo(200);
    assertThat(document.at("/components/schemas/Problem").isObject()).isTrue();
    assertThat(document.at("/paths/~1api~1cars/get/responses/default/$ref").asText())
        .isEqualTo("#/components/responses/Problem");
    assertThat(document.toString()).doesNotContain("${");
  }

  @Test
  void partsThatDoNotFitTogetherAreRefused() {
    Routing none = routes -> {};
    assertThatThrownBy(() -> api(new Part("a", CARS, none), new Part("b", CARS, none)).openapi())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("b describes /api/cars, which is described already");
    for (String bad :
        new String[] {
          "paths: {}\nservers: []\n",
          "paths: {}\npaths: {}\n",
          "a: [",
          "paths: {}\ncomponents: {schemas: {Problem: {}}}\n",
          "tags: [{name: '${limit.none}'}]\n"
        }) {
      assertThatThrownBy(() -> api(new Part("a", bad, none)).openapi())
          .as(bad)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void routesAndDescriptionThatAgreeHaveNoDifferences() {
    HttpApi api = api(cars(DescriptionTest::declareAll));
    assertThat(new ApiContract(api.openapi()).differences(api.routes())).isEmpty();
  }

  @Test
  void everyDifferenceBetweenRoutesAndDescriptionIsNamed() {
    HttpApi api =
        api(
            cars(
                routes -> {
                  routes.get("/api/cars", request -> answer());
                  routes.post("/api/cars/{id}", request -> answer());
                  routes.delete("/api/cars/{id}", request -> answer());
                }));
    assertThat(new ApiContract(api.openapi()).differences(api.routes()))
        .containsExactlyInAnyOrder(
            "GET /api/cars: guard and security disagree",
            "POST /api/cars/{id}: Idempotency-Key is taken or described, not both",
            "DELETE /api/cars/{id} is no part of the description",
            "GET /api/cars/{id} is described, but no route");
  }

  @Test
  void theSchemaOfAnAnswerIsFound() {
    ApiContract contract = new ApiContract(api(cars(DescriptionTest::declareAll)).openapi());
    String json = "application/json";
    assertThat(contract.schemaOfAnswer("GET", "/api/cars", 200, json))
        .hasValue("/paths/~1api~1cars/get/responses/200/content/application~1json/schema");
    assertThat(contract.schemaOfAnswer("GET", "/api/cars/1", 404, "application/problem+json"))
        .hasValue("/components/responses/NotFound/content/application~1problem+json/schema");
    assertThat(contract.schemaOfAnswer("GET", "/api/cars", 400, "application/problem+json"))
        .hasValue("/components/responses/Problem/content/application~1problem+json/schema");
    assertThat(contract.schemaOfAnswer("GET", "/api/cars", 200, "text/plain")).isEmpty();
    assertThat(contract.describes("POST", "/api/cars/1", 204)).isTrue();
    assertThat(contract.describes("GET", "/api/cars", 500)).isFalse();
    assertThat(contract.schemaOfAnswer("GET", "/api/none", 200, json)).isEmpty();
  }

  @Test
  void aProblemObeysItsSchema() {
    ApiContract contract = new ApiContract(api().openapi());
    var schema =
        JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder ->
                    builder.schemaLoaders(
                        loaders ->
                            loaders.schemas(Map.of("https://showfloor/api", contract.document()))))
            .getSchema(SchemaLocation.of("https://showfloor/api#/components/schemas/Problem"));
    String whole =
        """
        {"type": "/problems/x", "title": "X", "status": 400, "detail": "x", "instance": "urn:x:y",
         "code": "X", "error": "x", "requestId": "r", "retryable": false, "current": {}}
        """;
    assertThat(schema.validate(whole, InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(whole.replace("\"X\",", "\"x\","), InputFormat.JSON)).isNotEmpty();
    assertThat(Problem.notFound().code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aPathDeclaredTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                api(
                    cars(
                        routes -> {
                          routes.get("/api/cars/{id}", request -> answer());
                          routes.get("/api/cars/{car}", request -> answer());
                        })))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declared twice");
    assertThatThrownBy(() -> api(cars(routes -> routes.get("/cars", request -> answer()))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
