package io.agentstream.test.schema;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConnectionCheckTest {

  private static final String PONG =
      """
      {"type":"pong","timestamp":"2026-11-23T10:00:00.007Z","in_reply_to":"a","data":{}}""";

  private static final String ERROR =
      """
      {"type":"error","timestamp":"2026-11-23T10:00:00.007Z","in_reply_to":"a",
       "data":{"code":"invalid_field","message":"No.","retryable":false,"fatal":false}}""";

  private static final String WRONG_PING = "{\"type\":\"ping\",\"id\":\"a\",\"data\":7}";

  private final ConnectionCheck check = ConnectionCheck.strict();

  @Test
  void a_wrong_command_may_be_refused() {
    check.sent(WRONG_PING);
    assertThatCode(() -> check.received(ERROR)).doesNotThrowAnyException();
  }

  @Test
  void a_wrong_command_must_not_be_accepted() {
    check.sent(WRONG_PING);
    assertThatThrownBy(() -> check.received(PONG)).hasMessageContaining("accepts");
  }

  @Test
  void a_right_command_may_be_accepted() {
    check.sent("{\"type\":\"ping\",\"id\":\"a\"}");
    assertThatCode(() -> check.received(PONG)).doesNotThrowAnyException();
  }

  @Test
  void a_field_that_the_schema_does_not_name_passes_only_the_open_check() {
    String newer = PONG.replace("{}", "{\"mood\":\"good\"}");
    assertThatThrownBy(() -> check.received(newer)).hasMessageContaining("mood");
    assertThatCode(() -> ConnectionCheck.open().received(newer)).doesNotThrowAnyException();
  }

  @Test
  void a_type_that_the_schema_does_not_name_passes_only_the_open_check() {
    String newer = PONG.replace("pong", "song");
    assertThatThrownBy(() -> check.received(newer)).hasMessageContaining("song");
    assertThatCode(() -> ConnectionCheck.open().received(newer)).doesNotThrowAnyException();
  }
}
