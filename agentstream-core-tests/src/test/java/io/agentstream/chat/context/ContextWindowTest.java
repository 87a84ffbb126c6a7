package io.agentstream.chat.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContextWindowTest {

  private final ScriptedModel model = new ScriptedModel();
  private final ScriptedModel summariser = new ScriptedModel();
  private final ManualClock clock = new ManualClock();
  private final RecordedEvents events = new RecordedEvents();

  @Test
  void everything_is_everything() {
    assertThat(seen(ContextWindow.everything(), 4)).containsExactly("topic", "1", "2", "3");
  }

  @Test
  void last_n_lets_the_topic_go_like_any_other() {
    assertThat(seen(ContextWindow.lastN(2), 5)).containsExactly("3", "4");
    assertThat(seen(ContextWindow.lastN(9), 3)).containsExactly("topic", "1", "2");
  }

  @Test
  void head_and_tail_note_how_many_lie_between() {
    assertThat(seen(ContextWindow.headAndTail(1, 2), 6))
        .containsExactly("topic", "Messages left out here: 3.", "4", "5");
    assertThat(seen(ContextWindow.headAndTail(1, 2), 3)).containsExactly("topic", "1", "2");
    assertThat(seen(ContextWindow.headAndTail(0, 1), 3))
        .containsExactly("Messages left out here: 2.", "2");
    assertThat(seen(ContextWindow.headAndTail(2, Integer.MAX_VALUE), 2))
        .containsExactly("topic", "1");
  }

  @Test
  void a_token_limit_keeps_the_topic_and_the_newest_that_fit() {
    TokenEstimator one = text -> 1;

    assertThat(seen(ContextWindow.tokenLimit(3, one), 6))
        .containsExactly("topic", "Messages left out here: 3.", "4", "5");
    assertThat(seen(ContextWindow.tokenLimit(6, one), 6)).hasSize(6).doesNotContain("left out");
    assertThat(seen(ContextWindow.tokenLimit(1, one), 3))
        .containsExactly("topic", "Messages left out here: 1.", "2");
    assertThat(seen(ContextWindow.tokenLimit(1, one), 1)).containsExactly("topic");
  }

  @Test
  void a_token_limit_counts_names_and_tool_calls_too() {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder().id("1").name("look").arguments("12345").build();
    Utterance withTools =
        new Utterance(
            message(1),
            List.of(
                AiMessage.from("ab", List.of(call)), ToolExecutionResultMessage.from(call, "x")));
    List<Utterance> all = List.of(utterance(0), withTools, utterance(2));
    TokenEstimator length = CharSequence::length;

    // "user: topic", "Ann: 1" with "ab", "look12345" and "x", "Ann: 2"
    int needed = 11 + 6 + 2 + 9 + 1 + 6;

    assertThat(view(ContextWindow.tokenLimit(needed, length), all)).isEqualTo(all);
    assertThat(texts(view(ContextWindow.tokenLimit(needed - 1, length), all)))
        .containsExactly("topic", "Messages left out here: 1.", "2");
  }

  @Test
  void a_window_leaves_whole_turns_so_that_tool_calls_keep_their_results() {
    Agent ann =
        Agent.builder("Ann")
            .introduced(false)
            .model(model)
            .contextWindow(ContextWindow.lastN(2))
            .tool(ToolSpecification.builder().name("look").build(), (request, memory) -> "sunny")
            .build();
    model.then(call -> call.toolCall("look", "{}").complete());
    model.answers("It is sunny.").answers("Nice.");

    start(chat(2).participants(ann, agent("Ben")).build());

    assertThat(model.next().messages())
        .extracting(ChatMessage::type)
        .extracting(Enum::name)
        .containsExactly("USER", "AI", "TOOL_EXECUTION_RESULT", "AI", "USER");
  }

  @Test
  void a_prompt_whose_beginning_was_cut_off_does_not_open_with_the_assistant() {
    Agent ann =
        Agent.builder("Ann")
            .introduced(false)
            .systemPrompt("Be kind.")
            .model(model)
            .contextWindow(ContextWindow.lastN(2))
            .build();
    model.answers("One.").answers("Two.");

    start(chat(2).participants(ann, agent("Ben")).build());

    assertThat(model.next().messages())
        .containsExactly(
            SystemMessage.from("Be kind."),
            UserMessage.from("(Earlier messages are left out.)"),
            AiMessage.from("One."),
            UserMessage.from("Ben: Two."));
  }

  @Test
  void a_summary_stands_between_the_topic_and_the_last() {
    summariser.answers("All of it.");
    ContextWindow window = ContextWindow.summary(summariser, 2);

    assertThat(seen(window, 4)).containsExactly("topic", "1", "2", "3");
    assertThat(seen(window, 5)).containsExactly("topic", "All of it.", "3", "4");
    assertThat(seen(window, 6)).containsExactly("topic", "All of it.", "3", "4", "5");
  }

  @Test
  void a_summary_grows_from_the_one_before_and_the_model_is_asked_once_for_each_block() {
    ContextWindow window = ContextWindow.summary(summariser, 2);
    summariser.answers("First.");
    assertThat(seen(window, 5)).contains("First.");
    List<String> asked = new ArrayList<>();
    summariser.then(
        call -> {
          asked.add(((UserMessage) call.messages().get(1)).singleText());
          call.tokens("Second.").complete();
        });

    assertThat(seen(window, 7)).containsExactly("topic", "Second.", "5", "6");
    assertThat(seen(window, 8)).containsExactly("topic", "Second.", "5", "6", "7");
    assertThat(seen(window, 5)).containsExactly("topic", "First.", "3", "4");
    assertThat(asked)
        .containsExactly(
            "The topic: topic\n\nThe summary so far: First.\n\nWhat was said then:\n"
                + "Ann: 3\n\nAnn: 4");
  }

  @Test
  void conversations_do_not_see_each_others_summaries() {
    ContextWindow window = ContextWindow.summary(summariser, 1);
    summariser.answers("Mine.").answers("Yours.");
    List<Utterance> other =
        List.of(
            Utterance.of(new NewMessage("m1", NewMessage.Role.USER, "user", "another", 0)),
            utterance(1),
            utterance(2));

    assertThat(seen(window, 3)).containsExactly("topic", "Mine.", "2");
    assertThat(texts(view(window, other))).containsExactly("another", "Yours.", "2");
  }

  @Test
  void a_summary_that_fails_leaves_a_note_and_is_tried_again() {
    ContextWindow window = ContextWindow.summary(summariser, 2);
    summariser.then(call -> call.fail(new IllegalStateException("no"))).answers(" ");
    summariser.answers("At last.");

    assertThat(seen(window, 5)).containsExactly("topic", "Messages left out here: 2.", "3", "4");
    assertThat(seen(window, 5)).containsExactly("topic", "Messages left out here: 2.", "3", "4");
    assertThat(seen(window, 5)).containsExactly("topic", "At last.", "3", "4");
    summariser.then(call -> call.fail(new IllegalStateException("no")));
    assertThat(seen(window, 7))
        .containsExactly("topic", "At last.", "Messages left out here: 2.", "5", "6");
  }

  @Test
  void what_a_summary_used_counts_as_overhead() {
    model.answers("1").answers("2").answers("3");
    summariser.answers("Short", ".");
    Agent ann =
        Agent.builder("Ann")
            .introduced(false)
            .model(model)
            .contextWindow(ContextWindow.summary(summariser, 1))
            .build();

    start(chat(3).participants(ann).build());

    assertThat(events.only(ConversationEnded.class).usage().overhead())
        .isEqualTo(Usage.counted(10, 2));
    assertThat(summariser.isIdle()).isTrue();
  }

  @Test
  void a_stop_of_the_speaker_does_not_wait_for_the_summary() {
    model.answers("1").answers("2");
    Agent ann =
        Agent.builder("Ann")
            .introduced(false)
            .model(model)
            .contextWindow(ContextWindow.summary(summariser, 1))
            .build();
    Conversation conversation = start(chat(3).participants(ann).build());
    ScriptedCall summary = summariser.next();

    assertThat(conversation.stopSpeaker().join()).isEqualTo(SteeringOutcome.ACCEPTED);
    summary.tokens("late").complete();

    assertThat(events.of(StreamingComplete.class).get(2).finishReason())
        .isEqualTo(TurnFinishReason.STOPPED);
    assertThat(events.only(ConversationEnded.class).usage().overhead())
        .satisfies(used -> assertThat(used.estimated()).isTrue());
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void a_window_that_throws_fails_the_turn_and_not_the_conversation() {
    model.answers("fine");
    Agent ann =
        Agent.builder("Ann")
            .introduced(false)
            .model(model)
            .contextWindow(
                (all, asker) -> {
                  throw new IllegalStateException("secret");
                })
            .build();

    start(chat(1).participants(ann, agent("Ben")).build());

    assertThat(events.only(ChatError.class))
        .extracting(ChatError::code, ChatError::fatal)
        .containsExactly(ErrorCode.INTERNAL, false);
    assertThat(events.of(NewMessage.class)).last().extracting(NewMessage::sender).isEqualTo("Ben");
  }

  @Test
  void mistakes_are_named() {
    assertThatThrownBy(() -> ContextWindow.lastN(0)).hasMessageContaining("lastN");
    assertThatThrownBy(() -> ContextWindow.headAndTail(-1, 1)).hasMessageContaining("head");
    assertThatThrownBy(() -> ContextWindow.headAndTail(1, 0)).hasMessageContaining("tail");
    assertThatThrownBy(() -> ContextWindow.tokenLimit(0, TokenEstimator.byLength()))
        .hasMessageContaining("tokenLimit");
    assertThatThrownBy(() -> ContextWindow.summary(model, 0)).hasMessageContaining("keepLast");
  }

  /** Returns the part of so many messages that a speaker sees, beginning with the topic. */
  private List<String> seen(ContextWindow window, int messages) {
    return texts(view(window, IntStream.range(0, messages).mapToObj(this::utterance).toList()));
  }

  /** Runs the window in a turn, since only a turn has a model to ask. */
  private List<Utterance> view(ContextWindow window, List<Utterance> all) {
    List<Utterance> shown = new ArrayList<>();
    ContextWindow spy =
        (ignored, asker) -> {
          CompletionStage<List<Utterance>> view = window.view(all, asker);
          return view.thenCompose(
              chosen -> {
                shown.addAll(chosen);
                return CompletableFuture.completedStage(chosen);
              });
        };
    model.answers("fine");
    Agent ann =
        Agent.builder("Ann")
            .introduced(false)
            .model(model)
            .retryPolicy(RetryPolicy.none())
            .contextWindow(spy)
            .build();
    chat(1).participants(ann).build().start("go").result().join();
    return shown;
  }

  private static List<String> texts(List<Utterance> utterances) {
    return utterances.stream().map(utterance -> utterance.message().content()).toList();
  }

  private Utterance utterance(int index) {
    return Utterance.of(message(index));
  }

  private static NewMessage message(int index) {
    return index == 0
        ? new NewMessage("m1", NewMessage.Role.USER, "user", "topic", 0)
        : new NewMessage(
            "m" + (index + 1), NewMessage.Role.ASSISTANT, "Ann", String.valueOf(index), 1);
  }

  private Conversation start(GroupChat chat) {
    return chat.newConversation("topic").inlineListener(events).start();
  }

  private GroupChat.Builder chat(int rounds) {
    return GroupChat.builder().maxRounds(rounds).clock(clock).executor(Runnable::run);
  }

  private Agent agent(String name) {
    return Agent.builder(name).model(model).build();
  }
}
