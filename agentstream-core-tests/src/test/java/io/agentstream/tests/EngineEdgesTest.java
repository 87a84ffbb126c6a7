package io.agentstream.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.ScriptedCall;
import org.junit.jupiter.api.Test;

/** What random conversations have found. */
class EngineEdgesTest extends ScriptedChat {

  @Test
  void a_late_piece_of_a_tool_call_sets_no_alarm() {
    start(chat(1, "Ann"));
    ScriptedCall call = model.next();
    call.complete();

    call.toolCall("look", "{}");

    assertThat(clock.alarms()).isZero();
  }
}
