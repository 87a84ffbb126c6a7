package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Limits;
import io.agentstream.test.ScriptedCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a conversation may get, and what it may use of what it shares with others. */
class BoundsTest extends ChatFixture {

  private static final String TEN = "0123456789";

  private final Shared shared = new Shared();

  @Test
  void what_waits_for_the_end_of_a_turn_is_bounded() {
    Conversation conversation = start(limited(Limits.builder().maxWaitingMessages(2)));
    model.next().tokens("I thi");

    assertThat(say(conversation, 3))
        .containsExactly(
            SteeringOutcome.ACCEPTED, SteeringOutcome.ACCEPTED, SteeringOutcome.LIMIT_EXCEEDED);
  }

  @Test
  void what_is_said_while_a_turn_goes_on_counts_before_it_is_shown() {
    Conversation conversation = start(limited(Limits.builder().maxConversationChars(24)));
    model.next().tokens("I thi");

    assertThat(say(conversation, 2))
        .containsExactly(SteeringOutcome.ACCEPTED, SteeringOutcome.LIMIT_EXCEEDED);
  }

  @Test
  void a_paused_conversation_takes_as_many_characters_as_it_may_have_and_no_more() {
    Conversation conversation = start(limited(Limits.builder().maxConversationChars(1_000)));
    conversation.pause().join();
    model.next().tokens("Yes.").complete();

    List<SteeringOutcome> outcomes = say(conversation, 200);

    assertThat(outcomes.subList(0, 99)).containsOnly(SteeringOutcome.ACCEPTED);
    assertThat(outcomes.subList(99, 200)).containsOnly(SteeringOutcome.LIMIT_EXCEEDED);
    assertThat(events.of(ConversationEnded.class)).isEmpty();
  }

  @Test
  void a_paused_conversation_takes_as_many_messages_as_it_may_have_and_no_more() {
    Conversation conversation = start(limited(Limits.builder().maxConversationMessages(5)));
    conversation.pause().join();
    model.next().tokens("Yes.").complete();

    assertThat(say(conversation, 4))
        .containsExactly(
            SteeringOutcome.ACCEPTED,
            SteeringOutcome.ACCEPTED,
            SteeringOutcome.ACCEPTED,
            SteeringOutcome.LIMIT_EXCEEDED);
  }

  @Test
  void a_refused_message_is_not_taken_for_said_when_it_comes_again() {
    Conversation conversation = start(limited(Limits.builder().maxWaitingMessages(1)));
    ScriptedCall ann = model.next().tokens("I thi");
    conversation.say("First.").join();
    assertThat(conversation.say("Second.", false, "x").join())
        .isEqualTo(SteeringOutcome.LIMIT_EXCEEDED);

    ann.complete();
    model.next().tokens("Ben");

    assertThat(conversation.say("Second.", false, "x").join()).isEqualTo(SteeringOutcome.ACCEPTED);
  }

  @Test
  void a_model_that_writes_more_than_the_conversation_may_hold_ends_the_run_and_keeps_its_text() {
    Conversation conversation = start(limited(Limits.builder().maxConversationChars(30)));
    ScriptedCall ann = model.next().tokens(TEN, TEN, TEN, TEN);

    assertThat(ann.isHungUp()).isTrue();
    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.STOPPED);
    assertThat(complete("m2").fullContent()).isEqualTo(TEN + TEN + TEN);
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.BUDGET);
    assertThat(conversation.say("Go on.").join()).isEqualTo(SteeringOutcome.LIMIT_EXCEEDED);
  }

  @Test
  void thinking_and_the_arguments_of_tools_count_as_well() {
    start(limited(Limits.builder().maxConversationChars(30)));
    ScriptedCall ann = model.next().thinking(TEN, TEN);
    assertThat(events.isEnded()).isFalse();
    ann.toolCall("none", TEN).complete();
    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.BUDGET);
  }

  @Test
  void agents_who_say_more_messages_than_the_conversation_may_hold_end_the_run() {
    model.always(call -> call.tokens("x").complete());
    start(limited(50, Limits.builder().maxConversationMessages(10)));
    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.BUDGET);
    assertThat(events.of(NewMessage.class)).hasSizeBetween(10, 12);
  }

  @Test
  void a_restored_conversation_is_as_long_as_it_was() {
    GroupChat chat = limited(Limits.builder().maxConversationChars(40)).build();
    Conversation conversation = chat.newConversation("Tea?").start();
    model.next().tokens(TEN, TEN, TEN).complete();

    Conversation restored = chat.restore(conversation.snapshot().join()).start();

    assertThat(restored.say(TEN).join()).isEqualTo(SteeringOutcome.LIMIT_EXCEEDED);
    assertThat(restored.say("x").join()).isEqualTo(SteeringOutcome.ACCEPTED);
  }

  @Test
  void no_model_is_called_beyond_the_allowance_and_the_run_ends() {
    shared.calls = 1;
    Conversation conversation = allowed(chat(3, "Ann", "Ben"));
    model.next().tokens("One.").complete();

    assertThat(model.calls()).hasSize(1);
    ConversationEnded ended = events.only(ConversationEnded.class);
    assertThat(ended.reason()).isEqualTo(EndReason.BUDGET);
    assertThat(ended.detail()).isEqualTo("The budget for models is used up for now.");
    assertThat(conversation.result().join().messages()).hasSize(2);
  }

  @Test
  void what_a_call_used_is_counted_also_if_it_is_cut() {
    Conversation conversation = allowed(chat(1, "Ann", "Ben"));
    model.next().usage(10, 5).tokens("One.").complete();
    assertThat(shared.tokens).isEqualTo(15);
    model.next().tokens("Two long words");
    conversation.stop();
    assertThat(shared.tokens).isGreaterThan(15);
  }

  @Test
  void a_further_run_needs_the_allowance_and_the_first_does_not() {
    shared.outcome = SteeringOutcome.RATE_LIMITED;
    Conversation conversation = allowed(chat(1, "Ann"));
    model.next().tokens("One.").complete();

    assertThat(conversation.say("And then?").join()).isEqualTo(SteeringOutcome.RATE_LIMITED);
    assertThat(events.of(ConversationStarted.class)).hasSize(1);
    shared.outcome = SteeringOutcome.ACCEPTED;
    assertThat(conversation.say("And then?").join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(events.of(ConversationStarted.class)).hasSize(2);
  }

  @Test
  void a_run_that_would_answer_what_was_said_last_needs_the_allowance_too() {
    shared.outcome = SteeringOutcome.BUDGET_EXCEEDED;
    Conversation conversation = allowed(chat(1, "Ann"));
    conversation.say("And then?").join();
    model.next().tokens("Done.").complete();
    assertThat(events.of(ConversationStarted.class)).hasSize(1);
  }

  private GroupChat.Builder limited(Limits.Builder limits) {
    return limited(1, limits);
  }

  private GroupChat.Builder limited(int rounds, Limits.Builder limits) {
    return chat(rounds, "Ann", "Ben").limits(limits.build());
  }

  private Conversation allowed(GroupChat.Builder chat) {
    return chat.build().newConversation("Tea?").inlineListener(events).allowance(shared).start();
  }

  private static List<SteeringOutcome> say(Conversation conversation, int times) {
    List<SteeringOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      outcomes.add(conversation.say(TEN).join());
    }
    return outcomes;
  }

  private static final class Shared implements Allowance {
    private SteeringOutcome outcome = SteeringOutcome.ACCEPTED;
    private int calls = Integer.MAX_VALUE;
    private long tokens;

    @Override
    public SteeringOutcome beginRun() {
      return outcome;
    }

    @Override
    public boolean beginCall(long promptChars) {
      assertThat(promptChars).isPositive();
      return calls-- > 0;
    }

    @Override
    public void used(Usage usage) {
      tokens += usage.totalTokens();
    }
  }
}
