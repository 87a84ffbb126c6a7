package io.agentstream.upstream.internal;

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
        "{\"error_type\":\"context_length_exceeded\",\"error_message\":\"too long\"}",
        "{\"object\":\"error\",\"message\":\"no\"}",
        "{\"detail\":[{\"msg\":\"no\"}]}",
        "{\"code\":400,\"message\":\"no\"}",
        "{\"choices\":[{\"error\":{\"code\":502}}]}",
        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}",
        "{\"id\":\"1\",\"choices\":[{\"delta\":{}}],\"error\":{\"code\":502}}"
      })
  void a_complaint_is_an_error(String data) {
    assertThat(UpstreamError.isError(event(data))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":null,\"choices\":[]}",
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
