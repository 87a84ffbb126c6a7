package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.event.NewMessage.Role;
import io.agentstream.event.PastMessage;
import io.agentstream.settings.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A conversation begins with what was said before, for agents and for viewers. */
class PastTest extends ChatFixture {

  private static final List<PastMessage> PAST =
      List.of(
          new PastMessage(Role.USER, "user", "Coffee?"),
          new PastMessage(Role.ASSISTANT, "Ann", "Never."),
          new PastMessage(Role.ASSISTANT, "Ben", "Always."));

  private Conversation start(GroupChat.Builder chat, List<PastMessage> past) {
    return chat.build().newConversation("Tea?").past(past).inlineListener(events).start();
  }

  @Test
  void viewers_see_the_past_before_the_topic_and_inside_the_first_run() {
    start(chat(1, "Ann", "Ben"), PAST);
    model.next().tokens("Yes.").complete();
    model.next().tokens("No.").complete();

    assertThat(events.of(NewMessage.class))
        .extracting(NewMessage::messageId, NewMessage::sender, NewMessage::content)
        .containsExactly(
            tuple("m1", "user", "Coffee?"),
            tuple("m2", "Ann", "Never."),
            tuple("m3", "Ben", "Always."),
            tuple("m4", "user", "Tea?"),
            tuple("m5", "Ann", "Yes."),
            tuple("m6", "Ben", "No."));
    assertThat(events.of(ConversationStarted.class)).hasSize(1);
  }

  @Test
  void an_agent_sees_its_own_words_of_the_past_as_its_own() {
    start(chat(1, "Ann", "Ben"), PAST);

    assertThat(model.next().messages())
        .satisfiesExactly(
            coffee -> assertThat(((UserMessage) coffee).singleText()).isEqualTo("user: Coffee?"),
            own -> assertThat(((AiMessage) own).text()).isEqualTo("Never."),
            others ->
                assertThat(((UserMessage) others).singleText())
                    .isEqualTo("Ben: Always.\n\nuser: Tea?"));
  }

  @Test
  void the_past_ends_no_run_and_is_in_the_state_that_another_process_continues() {
    Conversation conversation =
        start(
            chat(2, "Ann").terminateWhen(TerminationCondition.textMention("Always")),
            List.of(new PastMessage(Role.ASSISTANT, "Ben", "Always.")));
    model.next().tokens("Yes.").complete();

    ConversationState state = conversation.snapshot().toCompletableFuture().join();

    assertThat(state.utterances())
        .extracting(utterance -> utterance.message().content())
        .containsExactly("Always.", "Tea?", "Yes.");
    assertThatThrownBy(() -> chat(2, "Ann").build().restore(state).past(PAST))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_past_counts_for_the_limits_of_a_conversation() {
    start(
        chat(1, "Ann").limits(Limits.builder().maxConversationChars(20).build()),
        List.of(new PastMessage(Role.ASSISTANT, "Ben", "x".repeat(21))));

    assertThat(events).endedWith(EndReason.BUDGET);
  }
}
