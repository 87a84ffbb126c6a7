package io.agentstream.chat.termination;

import static io.agentstream.chat.termination.TerminationCondition.external;
import static io.agentstream.chat.termination.TerminationCondition.functionCall;
import static io.agentstream.chat.termination.TerminationCondition.maxMessages;
import static io.agentstream.chat.termination.TerminationCondition.maxRounds;
import static io.agentstream.chat.termination.TerminationCondition.sourceMatch;
import static io.agentstream.chat.termination.TerminationCondition.stopMessage;
import static io.agentstream.chat.termination.TerminationCondition.textMention;
import static io.agentstream.chat.termination.TerminationCondition.timeout;
import static io.agentstream.chat.termination.TerminationCondition.tokenBudget;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputResolved;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TerminationInAChatTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ScriptedModel model = new ScriptedModel();
  private final ManualClock clock = new ManualClock();
  private final RecordedEvents events = new RecordedEvents();

  @Test
  void a_condition_that_holds_on_the_task_ends_the_run_before_anybody_speaks() {
    start(textMention("DONE").includingTopic());

    assertThat(events.types())
        .containsExactly(
            "conversation_created", "conversation_started", "new_message", "conversation_ended");
    assertThat(end()).isEqualTo(EndReason.TERMINATED);
    assertThat(events.only(ConversationEnded.class).detail()).isEqualTo("'DONE' was said.");
  }

  @Test
  void the_task_itself_is_no_mention() {
    model.answers("not yet").answers("DONE");
    start(textMention("DONE"));

    assertThat(senders()).containsExactly("user", "Ann", "Ben");
    assertThat(end()).isEqualTo(EndReason.TERMINATED);
  }

  @Test
  void it_is_evaluated_after_each_turn_and_not_only_after_a_round() {
    model.answers("x").answers("y").answers("z");
    start(maxMessages(4));

    assertThat(senders()).containsExactly("user", "Ann", "Ben", "Ann");
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void rounds_end_with_their_own_reason() {
    model.answers("x").answers("y");
    start(maxRounds(1));

    assertThat(end()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(senders()).containsExactly("user", "Ann", "Ben");
  }

  @Test
  void the_turn_that_passes_a_budget_is_finished_first() {
    model.answers("x").answers("y", "z");
    start(tokenBudget(22));

    assertThat(end()).isEqualTo(EndReason.BUDGET);
    assertThat(events.of(StreamingComplete.class))
        .extracting(StreamingComplete::finishReason)
        .containsOnly(TurnFinishReason.STOP);
    assertThat(events.only(ConversationEnded.class).detail())
        .isEqualTo("23 of 22 tokens were used.");
  }

  @Test
  void a_timeout_cuts_a_turn_that_hangs_and_keeps_its_text() {
    start(timeout(MINUTE));
    ScriptedCall call = model.next().tokens("half");

    clock.advance(MINUTE);
    call.tokens("late").complete();

    assertThat(events.only(StreamingComplete.class))
        .extracting(StreamingComplete::fullContent, StreamingComplete::finishReason)
        .containsExactly("half", TurnFinishReason.STOPPED);
    assertThat(end()).isEqualTo(EndReason.TIMEOUT);
    assertThat(events.types()).endsWith("new_message", "conversation_ended");
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void a_timeout_inside_a_composition_cuts_a_turn_too() {
    start(
        timeout(MINUTE)
            .and(sourceMatch("Ann"))
            .or(maxMessages(9).or(timeout(MINUTE.multipliedBy(2)))));
    model.next().tokens("half");

    clock.advance(MINUTE);
    assertThat(events.of(ConversationEnded.class)).isEmpty();
    clock.advance(MINUTE);

    assertThat(end()).isEqualTo(EndReason.TIMEOUT);
  }

  @Test
  void and_waits_for_the_second_at_the_time_of_the_first() {
    model.answers("I have spoken");
    start(timeout(MINUTE).and(sourceMatch("Ann")));
    model.next().tokens("Ben hangs");

    clock.advance(MINUTE);

    assertThat(end()).isEqualTo(EndReason.TERMINATED);
    assertThat(senders()).containsExactly("user", "Ann", "Ben");
  }

  @Test
  void a_timeout_ends_a_run_that_is_paused() {
    Conversation conversation = start(timeout(MINUTE));
    conversation.pause().join();
    model.next().tokens("x").complete();

    clock.advance(MINUTE);

    assertThat(end()).isEqualTo(EndReason.TIMEOUT);
    assertThat(conversation.unpause().join().name()).isEqualTo("CONFLICT");
  }

  @Test
  void external_takes_effect_after_the_turn() {
    ExternalTermination external = external();
    start(external);
    ScriptedCall call = model.next().tokens("half");

    external.set();
    assertThat(events.of(ConversationEnded.class)).isEmpty();
    call.tokens(" and whole").complete();

    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("half and whole");
    assertThat(end()).isEqualTo(EndReason.TERMINATED);
  }

  @Test
  void external_does_not_end_the_next_run() {
    ExternalTermination external = external();
    Conversation conversation = start(external);
    external.set();
    model.next().tokens("x").complete();

    conversation.say("Go on").join();
    model.next().tokens("y").complete();

    assertThat(events.of(ConversationEnded.class)).hasSize(1);
    assertThat(model.isIdle()).isFalse();
  }

  @Test
  void a_call_of_a_tool_ends_the_run_after_its_turn() {
    ToolSpecification approve = ToolSpecification.builder().name("approve").build();
    Agent ann =
        Agent.builder("Ann").model(model).tool(approve, (request, memory) -> "noted").build();
    model.then(call -> call.toolCall("approve", "{}").complete());
    model.answers("It is approved.");
    start(builder(functionCall("approve")).participants(ann, agent("Ben")).build());

    assertThat(senders()).containsExactly("user", "Ann");
    assertThat(events.only(ConversationEnded.class).detail()).isEqualTo("Ann called approve.");
  }

  @Test
  void every_count_starts_again_when_the_conversation_goes_on() {
    model.answers("x").answers("y").answers("z").answers("TERMINATE");
    Conversation conversation =
        start(maxMessages(3).or(stopMessage()).or(timeout(MINUTE.multipliedBy(3))));
    assertThat(senders()).containsExactly("user", "Ann", "Ben");
    clock.advance(MINUTE.multipliedBy(2));

    conversation.say("TERMINATE is not for me to say").join();
    assertThat(senders()).endsWith("user", "Ann", "Ben");
    conversation.say("And once more").join();
    clock.advance(MINUTE.multipliedBy(2));

    // In the third run Ann has the floor for two of three minutes.
    assertThat(events.of(ConversationEnded.class))
        .extracting(ConversationEnded::detail)
        .containsExactly("The run has 3 messages.", "The run has 3 messages.");
    clock.advance(MINUTE);
    assertThat(events.of(ConversationEnded.class).get(2).reason()).isEqualTo(EndReason.TIMEOUT);
  }

  @Test
  void a_nested_team_has_its_own_condition_and_the_outer_chat_goes_on() {
    model.answers("one").answers("two").answers("three").answers("four");
    Agent team =
        builder(maxMessages(3))
            .participants(agent("Cho"), agent("Dan"))
            .build()
            .asAgent("team", "");
    start(builder(sourceMatch("Eve")).participants(team, agent("Eve")).build());

    assertThat(senders()).containsExactly("user", "Cho", "Dan", "Eve");
    assertThat(events.of(SpeakerChange.class))
        .extracting(SpeakerChange::agentPath)
        .containsExactly(List.of("team", "Cho"), List.of("team", "Dan"), null);
  }

  @Test
  void the_time_of_a_nested_team_ends_its_hung_turn_alone() {
    Agent team = builder(timeout(MINUTE)).participants(agent("Cho")).build().asAgent("team", "");
    start(builder(maxMessages(9)).participants(team, agent("Eve")).build());
    model.next().tokens("half");

    clock.advance(MINUTE);
    model.next().tokens("whole").complete();

    assertThat(events.of(StreamingComplete.class))
        .extracting(StreamingComplete::fullContent)
        .containsExactly("half", "whole");
    assertThat(events.of(ConversationEnded.class)).isEmpty();
  }

  @Test
  void a_nested_team_that_ends_takes_its_question_back() {
    Agent team =
        builder(timeout(MINUTE))
            .speakerSelector(new Asking())
            .participants(agent("Cho"))
            .build()
            .asAgent("team", "");
    start(builder(maxMessages(9)).participants(team, agent("Eve")).build());
    assertThat(events.types()).endsWith("input_requested");

    clock.advance(MINUTE);

    assertThat(events.only(InputResolved.class).by()).isEqualTo(InputResolved.By.STOPPED);
    assertThat(events.of(SpeakerChange.class))
        .extracting(SpeakerChange::agentName)
        .containsExactly("Eve");
  }

  private static final class Asking implements SpeakerSelector {
    @Override
    public String name() {
      return "asking";
    }

    @Override
    public CompletionStage<Selection> select(SelectionContext context) {
      return CompletableFuture.completedStage(Selection.ask(InputKind.TEXT, "What now?", null));
    }
  }

  private List<String> senders() {
    return events.of(NewMessage.class).stream().map(NewMessage::sender).toList();
  }

  private EndReason end() {
    return events.only(ConversationEnded.class).reason();
  }

  private Conversation start(TerminationCondition condition) {
    return start(builder(condition).participants(agent("Ann"), agent("Ben")).build());
  }

  private Conversation start(GroupChat chat) {
    return chat.newConversation("Say DONE when you are done.").inlineListener(events).start();
  }

  private GroupChat.Builder builder(TerminationCondition condition) {
    return GroupChat.builder()
        .terminateWhen(condition)
        .maxRounds(5)
        .clock(clock)
        .executor(Runnable::run);
  }

  private Agent agent(String name) {
    return Agent.builder(name).model(model).build();
  }
}
