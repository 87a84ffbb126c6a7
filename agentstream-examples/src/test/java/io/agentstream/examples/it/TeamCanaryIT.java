package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A team file holds keys, headers and environment values, a user makes an agent, and model and MCP
 * servers fail and quote what they were given: none of it turns up on the wire, over HTTP or in the
 * log. A prompt of one's own is shown to its owner alone.
 */
@Timeout(300)
class TeamCanaryIT {

  private static final String OWN_PROMPT = "canary-own-prompt";
  private static final String ANN = "canary-ann-0123456789";
  private static final String BEN = "canary-ben-9876543210";

  /** How the model of each agent behaves. */
  private static final List<String> MODELS =
      List.of("status-401", "error-in-200", "malformed", "call-refuse", "call-die");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AGENTSTREAM_TOKENS",
          "ann:" + ANN + ",ben:" + BEN,
          "TEAM_KEY",
          "canary-key",
          "TEAM_HEADER",
          "canary-model-header",
          "TEAM_AUTH",
          "canary-mcp-header",
          "TEAM_ENV",
          "canary-variable");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> responses = new LinkedHashMap<>();

  @TempDir Path folder;

  @Test
  void keys_headers_variables_and_prompts_are_shown_to_nobody_whatever_fails() throws Exception {
    Path file = folder.resolve("team.yaml");
    Path given = folder.resolve("given");
    try (QuotingModelServer models = QuotingModelServer.start();
        QuotingMcp mcp = QuotingMcp.start()) {
      Files.writeString(file, team(models, mcp, given));
      try (ServerProcess server =
          ServerProcess.startWithStore(
              ENVIRONMENT,
              "--data",
              folder.resolve("data").toString(),
              "--config",
              file.toString())) {
        Viewer ann = signedIn(server, ANN);
        String all = run(ann, Map.of("topic", "Tea?", "team", "All"));
        Viewer again = signedIn(server, ANN);
        again.send(
            "save_agent",
            Map.of(
                "agent",
                Map.of("name", "Mine", "system_prompt", OWN_PROMPT, "model", "status-401")));
        again.answer("save_agent").join();
        String own = run(again, Map.of("topic", "Mine?", "agents", List.of("Mine")));
        Viewer ben = visit(server, again, own);
        readOverHttp(server, all, own, share(again));
        Files.writeString(file, "version: 1\ntools: {x: {mcp: {env: canary-in-a-mistake}}}\n");
        Eventually.await(() -> server.errors().contains("The agents and teams stay as they were"));

        server.terminate();
        assertThat(server.awaitExit()).isZero();
        assertThat(server.errors() + server.output())
            .contains("'Refused'")
            .doesNotContain("canary");
        assertThat(ann.frames().toString()).contains("tool_result").doesNotContain("canary");
        assertThat(again.frames().toString()).contains(OWN_PROMPT);
        assertThat(again.frames().toString().replace(OWN_PROMPT, "")).doesNotContain("canary");
        assertThat(ben.frames().toString()).contains("snapshot").doesNotContain("canary");
        assertThat(responses)
            .allSatisfy((path, body) -> assertThat(body).isNotBlank().doesNotContain("canary"));
      }
      assertThat(models.seen().toString())
          .contains("canary-key", "canary-model-header", "canary-in-the-prompt", OWN_PROMPT);
      assertThat(mcp.seen().toString()).contains("canary-mcp-header", "canary-plain-header");
      assertThat(Files.readString(given)).contains("canary-variable", "canary-plain-variable");
    }
  }

  private static String team(QuotingModelServer models, QuotingMcp mcp, Path given) {
    StringBuilder file = new StringBuilder("version: 1\nmodels:\n");
    for (String model : MODELS) {
      file.append(
          """
            %1$s: {provider: openai, base_url: '%2$s', model: %1$s, api_key_env: TEAM_KEY, \
          headers: {X-Team: {env: TEAM_HEADER}, X-Plain: canary-plain-model-header}}
          """
              .formatted(model, models.baseUrl()));
    }
    return file
        + """
        tools:
          program: {mcp: {command: %s, env: {GIVEN: {env: TEAM_ENV}, PLAIN: canary-plain-variable}}}
          url: {mcp: {url: '%s', headers: {Authorization: {env: TEAM_AUTH}, X-Plain: canary-plain-header}}}
        agents:
          - {name: Refused, model: status-401, system_prompt: canary-in-the-prompt, retries: {count: 0}}
          - {name: Broken, model: error-in-200, retries: {count: 0}}
          - {name: Garbled, model: malformed, retries: {count: 0}}
          - {name: Denied, model: call-refuse, tools: program}
          - {name: Dead, model: call-die, tools: program}
          - {name: Denied there, model: call-refuse, tools: url}
          - {name: Dead there, model: call-die, tools: url}
        teams:
          - name: All
            participants: [Refused, Denied, Broken, Dead, Garbled, Denied there, Dead there]
            max_rounds: 1
            on_failure: {skip: 9}
        """
            .formatted(QuotingMcp.command(given), mcp.url());
  }

  private Viewer signedIn(ServerProcess server, String token) {
    Viewer viewer = Viewer.connect(client, server.webSocket());
    viewer.first("welcome").join();
    viewer.send("authenticate", Map.of("token", token));
    viewer.answer("authenticate").join();
    viewer.send("list_agents", Map.of());
    viewer.answer("list_agents").join();
    return viewer;
  }

  private static String run(Viewer viewer, Map<String, ?> start) {
    viewer.send("start_conversation", start);
    JsonNode ended = viewer.first("conversation_ended").join();
    return ended.get("conversation_id").asText();
  }

  /** Lets Ben come by a link to the conversation of somebody else's agent. */
  private Viewer visit(ServerProcess server, Viewer owner, String id) {
    owner.send("share_conversation", Map.of("conversation_id", id, "access", "steer"));
    owner.answer("share_conversation").join();
    Viewer ben = signedIn(server, BEN);
    ben.send("join_conversation", Map.of("conversation_id", id, "share_token", share(owner)));
    ben.first("snapshot").join();
    ben.send("save_agent", Map.of("agent", Map.of("name", "Mine", "base_url", "http://x")));
    ben.answer("save_agent").join();
    ben.send("list_conversations", Map.of());
    ben.answer("list_conversations").join();
    return ben;
  }

  private static String share(Viewer owner) {
    return owner.answer("share_conversation").join().at("/data/token").asText();
  }

  private void readOverHttp(ServerProcess server, String all, String own, String share)
      throws Exception {
    String conversations = "/api/conversations/";
    get(server, ANN, share, conversations + all);
    get(server, ANN, share, conversations + all + "/export");
    get(server, BEN, share, conversations + own);
    get(server, BEN, share, conversations + own + "/export");
    get(server, BEN, share, conversations + all);
    get(server, BEN, share, "/api/agents");
    get(server, BEN, share, "/v1/models");
    get(server, BEN, share, "/metrics");
    post(server, "/api/teams", "{\"team\": {\"name\": \"T\", \"headers\": {}}}");
    String messages = "[{\"id\": \"1\", \"role\": \"user\", \"content\": \"Tea?\"}]";
    for (String agent : List.of("Refused", "Dead", "Denied%20there")) {
      String name = agent.replace("%20", " ");
      post(
          server,
          "/v1/chat/completions",
          "{\"model\": \"" + name + "\", \"messages\": " + messages + "}");
      post(
          server,
          "/agui/" + agent,
          "{\"threadId\": \""
              + agent
              + "\", \"runId\": \"r\", \"state\": {}, \"tools\": [], \"context\": [], \"forwardedProps\": {}, \"messages\": "
              + messages
              + "}");
    }
  }

  private void get(ServerProcess server, String token, String share, String path) throws Exception {
    send(token, path, HttpRequest.newBuilder(server.http(path)).header("Agentstream-Share", share));
  }

  private void post(ServerProcess server, String path, String body) throws Exception {
    send(
        BEN,
        path + " " + body,
        HttpRequest.newBuilder(server.http(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private void send(String token, String what, HttpRequest.Builder request) throws Exception {
    request.header("Authorization", "Bearer " + token);
    responses.put(token + " " + what, client.send(request.build(), BodyHandlers.ofString()).body());
  }
}
