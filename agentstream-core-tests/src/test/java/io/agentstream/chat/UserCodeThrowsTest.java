package io.agentstream.chat;

import static io.agentstream.chat.Sneaky.sneak;
import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.Termination;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.chat.termination.TerminationContext;
import io.agentstream.event.EndReason;
import io.agentstream.event.StreamListener;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of users throws anything, checked exceptions and errors too, and harms nobody else. */
class UserCodeThrowsTest extends ChatFixture {

  static Stream<Throwable> anything() {
    return Stream.of(
        new IllegalStateException("stubbed"),
        new IOException("stubbed, and declared by nobody"),
        new InterruptedException("stubbed"),
        new AssertionError("stubbed"),
        new StackOverflowError("stubbed"),
        new NoClassDefFoundError("stubbed"),
        new Throwable("stubbed"));
  }

  @ParameterizedTest
  @MethodSource("anything")
  void listeners_of_every_kind(Throwable thrown) {
    RecordedEvents other = new RecordedEvents();
    Conversation conversation =
        chat(1, "Ann", "Ben")
            .build()
            .newConversation("Tea?")
            .inlineListener(throwing(thrown))
            .inlineListener(events)
            .listener(throwing(thrown))
            .listener(other)
            .modelCallListener((messageId, model, request) -> sneak(thrown))
            .modelCallListener((messageId, model, request) -> throwingObservation(thrown))
            .start();
    model.next().tokens("a").complete();
    model.next().tokens("b").fail(new IOException("stubbed"));

    assertThat(events).isWellFormed().said("user: Tea?", "Ann: a", "Ben: b");
    assertThat(events).endedWith(EndReason.MAX_ROUNDS);
    assertThat(other.all()).isEqualTo(events.all());
    assertThat(conversation.result()).isDone();
  }

  @ParameterizedTest
  @MethodSource("anything")
  void a_context_window(Throwable thrown) {
    Agent ann = agent("Ann").contextWindow((all, asker) -> sneak(thrown)).build();
    start(chat(1, ann, agent("Ben").build()));
    model.next().tokens("b").complete();

    assertThat(events).isWellFormed().spoke("Ann", "Ben").said("user: Tea?", "Ben: b");
    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.ERROR);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void a_condition_that_ends_runs(Throwable thrown) {
    for (int broken = 0; broken < 3; broken++) {
      RecordedEvents seen = new RecordedEvents();
      chat(1, "Ann")
          .terminateWhen(new Condition(broken, thrown))
          .build()
          .newConversation("Tea?")
          .inlineListener(seen)
          .start();

      assertThat(seen).isWellFormed().endedWith(EndReason.FAILED);
      assertThat(seen.all().toString()).doesNotContain("defect");
    }
  }

  @ParameterizedTest
  @MethodSource("anything")
  void a_failure_policy_a_selector_and_a_rule_of_approval(Throwable thrown) {
    start(chat(1, "Ann").onFailure(failure -> sneak(thrown)));
    model.next().fail(new IOException("stubbed"));
    assertThat(events).isWellFormed().endedWith(EndReason.FAILED);

    RecordedEvents second = new RecordedEvents();
    GroupChat.Builder selecting = chat(1, "Ann").speakerSelector(new Selector(thrown));
    selecting.build().newConversation("Tea?").inlineListener(second).start();
    assertThat(second).isWellFormed().endedWith(EndReason.FAILED);

    RecordedEvents third = new RecordedEvents();
    Agent careful = withTool(thrown).needsApproval(call -> sneak(thrown)).build();
    chat(1, careful).build().newConversation("Tea?").inlineListener(third).start();
    model.next().toolCall("boom", "{}").complete();
    model.next().tokens("a").complete();
    assertThat(third).isWellFormed().said("user: Tea?", "Ann: a");
  }

  @ParameterizedTest
  @MethodSource("anything")
  void a_tool_whose_stack_is_in_the_log_and_nowhere_else(Throwable thrown) {
    try (Logged logged = new Logged(CallInProgress.class)) {
      start(chat(1, withTool(thrown).build()));
      model.next().toolCall("boom", "{}").complete();
      ScriptedCall answer = model.next();
      answer.tokens("a").complete();

      assertThat(events).isWellFormed().said("user: Tea?", "Ann: a");
      assertThat(events.only(ToolResult.class).isError()).isTrue();
      assertThat(events.all().toString() + answer.messages()).doesNotContain("stubbed");
      assertThat(logged.with("tool boom failed"))
          .singleElement()
          .satisfies(line -> assertThat(line.getThrowableProxy().getMessage()).contains("stubbed"));
    }
  }

  @ParameterizedTest
  @MethodSource("anything")
  void a_handle_that_cannot_hang_up_is_asked_once(Throwable thrown) {
    List<String> asked = new ArrayList<>();
    StreamingHandle broken = new Handle(asked, thrown);
    try (Logged logged = new Logged()) {
      Conversation conversation = start(chat(1, "Ann"));
      ScriptedCall call = model.next();
      call.handler()
          .onPartialResponse(new PartialResponse("a"), new PartialResponseContext(broken));

      conversation.stop();
      for (int i = 0; i < 3; i++) {
        call.handler()
            .onPartialResponse(new PartialResponse("late"), new PartialResponseContext(broken));
      }

      assertThat(events).isWellFormed().said("user: Tea?", "Ann: a").endedWith(EndReason.STOPPED);
      assertThat(asked).hasSize(1);
      assertThat(logged.with("cannot hang up")).hasSize(1);
      assertThat(logged.with("defect")).isEmpty();
    }
  }

  @Test
  void an_error_of_the_virtual_machine_reaches_the_handler_of_uncaught_exceptions() {
    List<Throwable> uncaught = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    OutOfMemoryError memory = new OutOfMemoryError("stubbed");
    thread.setUncaughtExceptionHandler((on, error) -> uncaught.add(error));
    try {
      chat(1, "Ann")
          .build()
          .newConversation("Tea?")
          .inlineListener(throwing(memory))
          .inlineListener(events)
          .start();
      model.next().tokens("a").complete();
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }

    assertThat(uncaught).isNotEmpty().containsOnly(memory);
    assertThat(events).isWellFormed().said("user: Tea?", "Ann: a");
  }

  private Agent.Builder withTool(Throwable thrown) {
    return agent("Ann")
        .tool(ToolSpecification.builder().name("boom").build(), (request, memory) -> sneak(thrown));
  }

  private static StreamListener throwing(Throwable thrown) {
    return new StreamListener() {
      @Override
      public void onEvent(io.agentstream.event.ChatEvent event) {
        sneak(thrown);
      }
    };
  }

  private static ModelCallObservation throwingObservation(Throwable thrown) {
    return new ModelCallObservation() {
      @Override
      public void answered(dev.langchain4j.model.chat.response.ChatResponse response) {
        sneak(thrown);
      }

      @Override
      public void failed(io.agentstream.event.ErrorCode code, boolean callsAgain) {
        sneak(thrown);
      }

      @Override
      public void cancelled() {
        sneak(thrown);
      }
    };
  }

  private record Condition(int broken, Throwable thrown) implements TerminationCondition {
    @Override
    public Optional<Termination> check(TerminationContext run) {
      return broken == 0 ? sneak(thrown) : Optional.empty();
    }

    @Override
    public TerminationCondition forRun() {
      return broken == 1 ? sneak(thrown) : this;
    }

    @Override
    public Set<Duration> deadlines() {
      return broken == 2 ? sneak(thrown) : Set.of();
    }
  }

  private record Selector(Throwable thrown) implements SpeakerSelector {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public boolean mayBlock() {
      return sneak(thrown);
    }

    @Override
    public CompletionStage<Selection> select(SelectionContext context) {
      return sneak(thrown);
    }
  }

  private record Handle(List<String> asked, Throwable thrown) implements StreamingHandle {
    @Override
    public void cancel() {
      asked.add("cancel");
      sneak(thrown);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }
  }
}
