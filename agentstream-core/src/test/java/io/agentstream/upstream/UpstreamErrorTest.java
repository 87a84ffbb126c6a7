package io.agentstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamErrorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"overloaded\"}}",
        "{\"error\":\"overloaded\"}",
        "{\"id\":\"1\",\"choices\":[{\"delta\":{}}],\"error\":{\"code\":502}}"
      })
  void an_error_at_the_top_level_is_an_error(String data) {
    assertThat(UpstreamError.isError(event(data))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":null,\"choices\":[]}",
        "{\"choices\":[{\"error\":{\"code\":502}}]}",
        "{\"choices\":[],\"text\":\"error\"}",
        "[{\"error\":1}]",
        "\"error\"",
        "{\"choices\":[,\"error\":1",
        "[DONE]",
        ""
      })
  void anything_else_is_none(String data) {
    assertThat(UpstreamError.isError(event(data))).isFalse();
  }

  @Test
  void what_is_no_server_sent_event_is_none() {
    assertThat(UpstreamError.isError("{\"error\":1}")).isFalse();
    assertThat(UpstreamError.isError(null)).isFalse();
    assertThat(UpstreamError.isError(new ServerSentEvent("error", null))).isFalse();
  }

  private static ServerSentEvent event(String data) {
    return new ServerSentEvent(null, data);
  }
}
