package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.Termination;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.chat.termination.TerminationContext;
import io.agentstream.event.EndReason;
import io.agentstream.event.ToolResult;
import io.agentstream.test.RecordedEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code of users returns null, or a stage that holds nothing or fails, and harms nobody else.
 */
@SuppressWarnings("NullAway") // Java and Kotlin code returns null in spite of annotations.
class UserCodeReturnsNothingTest extends ChatFixture {

  static Stream<ContextWindow> windows() {
    return Stream.of(
        (all, asker) -> null,
        (all, asker) -> CompletableFuture.completedStage(null),
        (all, asker) -> CompletableFuture.completedStage(Arrays.asList((Utterance) null)),
        (all, asker) -> CompletableFuture.failedStage(new IOException("stubbed")));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void a_context_window(ContextWindow window) {
    start(chat(1, agent("Ann").contextWindow(window).build(), agent("Ben").build()));
    model.next().tokens("b").complete();
    assertThat(events).isWellFormed().said("user: Tea?", "Ben: b").endedWith(EndReason.MAX_ROUNDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void a_condition_that_ends_runs(int broken) {
    chat(1, "Ann")
        .terminateWhen(new Condition(broken))
        .build()
        .newConversation("Tea?")
        .inlineListener(events)
        .start();
    assertThat(events).isWellFormed().endedWith(EndReason.FAILED);
    org.assertj.core.api.Assertions.assertThat(events.all().toString()).doesNotContain("defect");
  }

  @Test
  void a_failure_policy() {
    start(chat(1, "Ann").onFailure(failure -> null));
    model.next().fail(new IOException("stubbed"));
    assertThat(events).isWellFormed().endedWith(EndReason.FAILED);
  }

  static Stream<Supplier<CompletionStage<Selection>>> selections() {
    return Stream.of(
        () -> null,
        () -> CompletableFuture.completedStage(null),
        () -> CompletableFuture.failedStage(new IOException("stubbed")),
        () -> CompletableFuture.supplyAsync(() -> null),
        () -> CompletableFuture.failedFuture(new Error("stubbed")).thenApply(none -> null));
  }

  @ParameterizedTest
  @MethodSource("selections")
  void a_selector(Supplier<CompletionStage<Selection>> selection) {
    Conversation conversation =
        chat(1, "Ann")
            .speakerSelector(new Selector(selection))
            .build()
            .newConversation("Tea?")
            .inlineListener(events)
            .start();
    conversation.result().join();
    assertThat(events).isWellFormed().endedWith(EndReason.FAILED);
  }

  @Test
  void a_function_that_names_the_next_speaker() {
    start(chat(1, "Ann").speakerSelector(SpeakerSelector.function(context -> null)));
    assertThat(events).isWellFormed().endedWith(EndReason.FAILED);
  }

  @Test
  void a_tool() {
    Agent ann =
        agent("Ann")
            .tool(ToolSpecification.builder().name("none").build(), (request, memory) -> null)
            .build();
    start(chat(1, ann));
    model.next().toolCall("none", "{}").complete();
    model.next().tokens("a").complete();
    assertThat(events).isWellFormed().said("user: Tea?", "Ann: a");
    org.assertj.core.api.Assertions.assertThat(events.only(ToolResult.class)).isNotNull();
  }

  @Test
  void a_listener_of_model_calls() {
    RecordedEvents other = new RecordedEvents();
    chat(1, "Ann")
        .build()
        .newConversation("Tea?")
        .modelCallListener((messageId, asked, request) -> null)
        .inlineListener(other)
        .start();
    model.next().tokens("a").complete();
    assertThat(other).isWellFormed().said("user: Tea?", "Ann: a");
  }

  private record Condition(int broken) implements TerminationCondition {
    @Override
    public Optional<Termination> check(TerminationContext run) {
      return broken == 0 ? null : Optional.empty();
    }

    @Override
    public TerminationCondition forRun() {
      return broken == 1 ? null : this;
    }

    @Override
    public Set<Duration> deadlines() {
      return switch (broken) {
        case 2 -> null;
        case 3 -> new HashSet<>(Arrays.asList((Duration) null));
        default -> Set.of();
      };
    }
  }

  private record Selector(Supplier<CompletionStage<Selection>> selection)
      implements SpeakerSelector {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public CompletionStage<Selection> select(SelectionContext context) {
      return selection.get();
    }
  }
}
