package io.agentstream.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentstream.http.rest.Routes.Route;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds openapi.json against the routes and the schemas of the protocol. */
class OpenApiTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Set<String> HEADERS =
      Set.of("Idempotency-Key", "Agentstream-Name", "Agentstream-Share");

  private final JsonNode document = resource("openapi.json");

  @Test
  void it_has_every_route_and_no_other() {
    Set<String> routes = new TreeSet<>();
    for (Route route : Routes.ALL) {
      routes.add(route.method().toLowerCase(Locale.ROOT) + " " + route.pattern().text());
    }
    Set<String> documented = new TreeSet<>();
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        documented.add(operation.getKey() + " " + path.getKey());
      }
    }
    assertThat(documented).isEqualTo(routes);
  }

  @Test
  void each_command_has_its_name_its_status_its_body_and_its_key() {
    for (Route route : Routes.ALL) {
      if (route.action() instanceof CommandRoute command) {
        JsonNode operation = operation(route);
        assertThat(operation.get("operationId").asText()).isEqualTo(command.command());
        assertThat(operation.get("responses").has("" + command.status())).isTrue();
        assertThat(operation.toString().contains("Idempotency-Key"))
            .as(command.command())
            .isEqualTo(command.key() != null);
        assertThat(operation.at("/responses/422/description").asText().contains("Idempotency-Key"))
            .as(command.command())
            .isEqualTo(command.key() != null);
        assertBody(command.command(), route, operation);
      }
    }
  }

  /** A field is in the path or the query, or else in the body. */
  private void assertBody(String command, Route route, JsonNode operation) {
    JsonNode data =
        resource("client-frames.schema.json").at("/$defs/" + command + "_data/properties");
    Set<String> elsewhere = new TreeSet<>();
    operation
        .path("parameters")
        .forEach(parameter -> elsewhere.add(parameter.get("name").asText()));
    Set<String> expected = new TreeSet<>();
    data.fieldNames().forEachRemaining(expected::add);
    expected.removeAll(elsewhere);
    Set<String> body = new TreeSet<>();
    resolved(operation.at("/requestBody/content/application~1json/schema"))
        .path("properties")
        .fieldNames()
        .forEachRemaining(body::add);
    assertThat(body).as(command).isEqualTo(expected);
    for (String name : elsewhere) {
      boolean inPath = route.pattern().text().contains("{" + name + "}");
      assertThat(inPath || data.has(name) || HEADERS.contains(name)).as(name).isTrue();
    }
  }

  @Test
  void each_reference_leads_somewhere() {
    List<String> references = new ArrayList<>();
    document.findValuesAsText("$ref", references);
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(resolved(MAPPER.createObjectNode().put("$ref", reference)).isMissingNode())
          .as(reference)
          .isFalse();
    }
  }

  private JsonNode operation(Route route) {
    return document
        .get("paths")
        .get(route.pattern().text())
        .get(route.method().toLowerCase(Locale.ROOT));
  }

  private JsonNode resolved(JsonNode schema) {
    if (!schema.has("$ref")) {
      return schema;
    }
    String[] parts = schema.get("$ref").asText().split("#", -1);
    JsonNode root = parts[0].isEmpty() ? document : resource(parts[0]);
    return parts.length == 1 ? root : root.at(parts[1]);
  }

  private static JsonNode resource(String name) {
    try (InputStream in =
        OpenApiTest.class.getResourceAsStream("/META-INF/agentstream/protocol/v1/" + name)) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }
}
