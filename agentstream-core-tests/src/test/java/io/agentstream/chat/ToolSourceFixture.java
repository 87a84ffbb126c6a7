package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.ToolSource.Tool;
import io.agentstream.test.ScriptedCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A chat with a source of tools, which counts how often it is asked. */
abstract class ToolSourceFixture extends ChatFixture {

  static final String CANARY = "CANARY-1";

  final List<ToolSource.Turn> asked = new ArrayList<>();

  @AfterEach
  void no_alarm_is_left() {
    assertThat(clock.alarms()).isZero();
  }

  static Tool tool(String name) {
    return Tool.of(specification(name), (request, memory) -> name + " done");
  }

  static ToolSpecification specification(String name) {
    return ToolSpecification.builder().name(name).build();
  }

  ToolSource listing(List<Tool> tools) {
    return turn -> {
      asked.add(turn);
      return completedStage(tools);
    };
  }

  static List<String> offered(ScriptedCall call) {
    return call.request().toolSpecifications().stream().map(ToolSpecification::name).toList();
  }
}
