package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Several tool calls of one answer. */
class ToolsAtOnceTest extends ChatFixture {

  @Test
  void run_at_the_same_time_and_the_model_is_asked_once_both_are_back() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      Agent ann = agent("Ann").tools(new Meeting()).build();
      Conversation conversation = start(chat(1, ann).executor(executor));
      model
          .awaitNext()
          .toolCall("meet", "{\"who\": \"Ben\"}")
          .toolCall("meet", "{\"who\": \"Cho\"}")
          .complete();

      model.awaitNext().tokens("Met.").complete();
      conversation.result().get(2, TimeUnit.MINUTES);
    } finally {
      executor.shutdown();
    }

    assertThat(events).isWellFormed().said("user: Tea?", "Ann: Met.");
    assertThat(events.of(ToolCall.class)).hasSize(2);
    assertThat(events.of(ToolResult.class))
        .extracting(ToolResult::result)
        .containsExactlyInAnyOrder("Ben was there", "Cho was there");
  }

  /** Each call waits for the other: one after the other, both would fail. */
  static final class Meeting {
    private final CyclicBarrier both = new CyclicBarrier(2);

    @Tool
    String meet(String who) throws Exception {
      both.await(60, TimeUnit.SECONDS);
      return who + " was there";
    }
  }
}
