package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The models of a server without {@code OPENAI_BASE_URL} and {@code OPENAI_API_KEY}. */
class AgentCatalogueTest {

  private static final String OLLAMA =
      "{\"name\": \"%s\", \"description\": \"d\", \"system_prompt\": \"p\","
          + " \"provider\": \"ollama\", \"model\": \"llama3.2\"}";

  @Test
  void agents_that_all_have_a_server_of_their_own_need_no_demo_model() throws Exception {
    String config =
        "{\"agents\": [%s, %s]}".formatted(OLLAMA.formatted("Ann"), OLLAMA.formatted("Ben"));
    try (RunningServer server = RunningServer.with(config)) {
      assertThat(server.get("/info")).endsWith("{\"demo\":false,\"model\":\"llama3.2\"}");
    }
  }

  @Test
  void agents_without_one_are_played_by_the_demo_model() throws Exception {
    String config =
        "{\"agents\": [%s, {\"name\": \"Ben\", \"description\": \"d\", \"system_prompt\": \"p\"}]}"
            .formatted(OLLAMA.formatted("Ann"));
    try (RunningServer server = RunningServer.with(config)) {
      assertThat(server.get("/info")).endsWith("{\"demo\":true,\"model\":\"demo\"}");
    }
  }
}
