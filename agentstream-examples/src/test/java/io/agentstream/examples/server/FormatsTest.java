package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The formats for other front ends on the reference server. */
class FormatsTest {

  @Test
  void teams_are_models_and_ag_ui_is_spoken() throws Exception {
    try (RunningServer server = RunningServer.with("{}")) {
      assertThat(server.get("/v1/models")).contains(" 200 ", "\"object\":\"list\"");
      assertThat(server.get("/agui/x")).contains(" 405 ", "method_not_allowed");
    }
  }

  @Test
  void a_format_can_be_turned_off() throws Exception {
    try (RunningServer server =
        RunningServer.with("{\"server\": {\"openai\": false, \"ag_ui\": false}}")) {
      assertThat(server.get("/v1/models")).contains(" 404 ");
      assertThat(server.get("/agui/x")).contains(" 404 ");
      assertThat(server.get("/api/agents")).contains(" 200 ");
    }
  }
}
