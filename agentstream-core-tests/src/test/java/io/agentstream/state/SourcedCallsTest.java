package io.agentstream.state;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.InterruptedCallPolicy;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.chat.ToolSource;
import io.agentstream.chat.ToolSource.Tool;
import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A process that ends during a call of a tool from a source, and another one that continues. */
class SourcedCallsTest {

  private final List<String> keys = new ArrayList<>();

  private Tool pay(boolean needsApproval, @Nullable InterruptedCallPolicy policy) {
    ToolExecutor paying =
        new ToolExecutor() {
          @Override
          public String execute(ToolExecutionRequest request, Object memoryId) {
            return "unused";
          }

          @Override
          public ToolExecutionResult executeWithContext(
              ToolExecutionRequest request, InvocationContext context) {
            keys.add(context.invocationParameters().get(Agent.IDEMPOTENCY_KEY));
            return ToolExecutionResult.builder().resultText("paid").build();
          }
        };
    return new Tool(ToolSpecification.builder().name("pay").build(), paying, needsApproval, policy);
  }

  private static ToolProcess process(ToolSource source) {
    return new ToolProcess(Agent.builder("Ann").toolSource(source));
  }

  private static ToolProcess started(Tool tool) {
    ToolProcess process = process(turn -> completedStage(List.of(tool)));
    process.start(() -> completedStage(null));
    return process.callTool();
  }

  /** Continues a call of Mia's that had begun, and asks her what became of it. */
  private static ToolProcess askingMia(ToolProcess first, ToolSource source) {
    ToolProcess second = process(source);
    second.owner = "mia";
    second.restore(first.document());
    second.runTools();
    return second;
  }

  private static ToolProcess continued(ToolProcess first, ToolSource source) {
    ToolProcess second = process(source);
    second.restore(first.document());
    return second;
  }

  private static ToolSource with(Tool... tools) {
    return turn -> completedStage(List.of(tools));
  }

  @Test
  void a_call_is_made_again_under_its_key_if_its_tool_says_so() {
    Tool again = pay(false, InterruptedCallPolicy.CALL_AGAIN);
    ToolProcess first = started(again);

    ToolProcess second = continued(first, with(again));
    second.runTools();

    assertThat(keys).hasSize(1).isEqualTo(second.keysBefore);
    assertThat(second.events.only(ToolResult.class).result()).isEqualTo("paid");
    second.finish();
  }

  @Test
  void a_call_that_waited_for_approval_waits_again() {
    Tool guarded = pay(true, null);
    ToolProcess first = started(guarded);

    ToolProcess second = continued(first, with(guarded));
    second.runTools();
    InputRequested question = second.events.only(InputRequested.class);
    assertThat(question.kind()).isEqualTo(InputKind.APPROVAL);
    second.answer(question, "approve");
    second.runTools();

    assertThat(keys).hasSize(1);
    second.finish();
  }

  @Test
  void a_call_that_waited_for_approval_fails_if_its_tool_is_gone() {
    ToolProcess first = started(pay(true, null));

    ToolProcess second = continued(first, with());
    second.runTools();

    ToolResult result = second.events.only(ToolResult.class);
    assertThat(result.isError()).isTrue();
    assertThat(result.result()).isEqualTo("There is no tool of this name.");
    second.finish();
  }

  @Test
  void a_call_that_had_begun_and_whose_tool_is_gone_is_settled_by_a_person() {
    ToolProcess first = started(pay(false, InterruptedCallPolicy.CALL_AGAIN));

    ToolProcess second = continued(first, with());
    second.runTools();
    InputRequested question = second.events.only(InputRequested.class);
    assertThat(question.kind()).isEqualTo(InputKind.INTERRUPTED_CALL);
    second.answer(question, "call_again");

    assertThat(second.events.only(ToolResult.class).isError()).isTrue();
    second.finish();
  }

  @Test
  void only_the_owner_settles_a_call_of_a_tool_of_hers_also_if_it_is_gone() {
    Tool hers = pay(false, InterruptedCallPolicy.ASK).approvedByOwner();
    Tool begun = new Tool(hers.specification(), hers.executor(), false, null, true);
    for (ToolSource source : List.of(with(hers), with())) {
      ToolProcess second = askingMia(started(begun), source);
      InputRequested question = second.events.only(InputRequested.class);
      assertThat(question.kind()).isEqualTo(InputKind.INTERRUPTED_CALL);
      assertThat(question.ownerOnly()).isTrue();

      for (Author other : List.of(Author.of("tom", "Mia"), new Author("mia", null, false))) {
        Conversation theirs = second.conversation.by(other);
        assertThat(theirs.input(question.requestId(), "call_again").join())
            .isEqualTo(SteeringOutcome.NOT_FOUND);
      }
      assertThat(second.events.of(ToolResult.class)).isEmpty();
      second
          .conversation
          .by(Author.of("mia", "Mia"))
          .input(question.requestId(), "happened")
          .join();
      assertThat(second.events.only(ToolResult.class).isError()).isFalse();
      second.finish();
    }
  }

  @Test
  void a_source_that_fails_leaves_no_call_without_a_result() {
    ToolProcess first = started(pay(false, null));

    ToolProcess second =
        continued(first, turn -> failedStage(new IllegalStateException("stubbed")));
    second.runTools();

    assertThat(second.events.of(ToolCall.class)).hasSize(1);
    assertThat(second.events.only(ToolResult.class).isError()).isTrue();
    assertThat(second.events.only(ChatError.class).message())
        .isEqualTo("The agent's tools could not be listed.");
    assertThat(second.events).isWellFormed().endedWith(EndReason.FAILED);
  }
}
