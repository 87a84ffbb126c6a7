package io.agentstream.chat.speaker;

import static io.agentstream.chat.speaker.SelectorsInChatTest.lastOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.InputTimeoutPolicy;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.SpeakerChange;
import io.agentstream.test.ScriptedCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A speaker hands over, or a person names the next speaker. */
class HandoffsInChatTest {

  @Test
  void a_handoff_ends_the_turn_and_gives_the_floor() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff(), 5);
    Conversation conversation = chat.start();
    ScriptedCall ann = chat.model.next();
    assertThat(ann.request().toolSpecifications())
        .extracting(ToolSpecification::name)
        .containsExactly("transfer_to_ben", "transfer_to_cho");
    ann.tokens("Cho knows.").toolCall("transfer_to_cho", "{}").complete();
    ScriptedCall cho = chat.model.next();

    assertThat(cho.messages())
        .containsExactly(
            UserMessage.from(
                "user: Tea?\n\nAnn: Cho knows.\n\nAnn handed the conversation over to you."));
    cho.tokens("Yes.").complete();
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.COMPLETED);
    assertThat(chat.events.of(SpeakerChange.class).get(1).reason()).isEqualTo("Ann handed over.");

    conversation.say("Why?").join();
    assertThat(lastOf(chat.speakers())).isEqualTo("Cho");
  }

  @Test
  void a_handoff_outlives_a_stop_of_the_next_speaker_and_the_end_of_the_run() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff(), 2);
    Conversation conversation = chat.start();
    chat.model.next().toolCall("transfer_to_ben", "{}").complete();
    conversation.stop();
    conversation.say("Go on.").join();
    chat.model.next();
    assertThat(chat.speakers()).containsExactly("Ann", "Ben", "Ben");

    chat.model.next().toolCall("transfer_to_cho", "{}").complete();
    chat.model.next().toolCall("transfer_to_ann", "{}").complete();
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    conversation.say("Go on.").join();
    assertThat(chat.speakers()).endsWith("Cho", "Ann");
  }

  @Test
  void a_handoff_outlives_a_restore() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff(), 1);
    Conversation conversation = chat.start();
    chat.model.next().toolCall("transfer_to_cho", "{}").complete();
    assertThat(conversation.result()).isDone();

    chat.restore(conversation.snapshot().join()).say("Go on.").join();

    assertThat(chat.speakers()).containsExactly("Cho");
  }

  @Test
  void a_handoff_to_the_user_asks_and_the_answer_goes_back() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff().toUser(), 5);
    Conversation conversation = chat.start();
    chat.model.next().tokens("Which?").toolCall("transfer_to_user", "{}").complete();
    InputRequested request = chat.events.only(InputRequested.class);
    // Milliseconds even if they are 0.
    assertThat(request.expiresAt()).isEqualTo("2026-11-23T10:10:00.000Z");
    assertThat(request.agentName()).isEqualTo("Ann");

    conversation.say("Green.").join();

    assertThat(((UserMessage) lastOf(chat.model.next().messages())).singleText())
        .isEqualTo("user: Green.");
    assertThat(chat.speakers()).containsExactly("Ann", "Ann");
  }

  @Test
  void a_chat_that_goes_on_without_the_user_tells_the_agent() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff().toUser(), 5);
    chat.chat.onInputTimeout(InputTimeoutPolicy.GO_ON);
    chat.start();
    chat.model.next().tokens("Which?").toolCall("transfer_to_user", "{}").complete();

    chat.clock.advance(Duration.ofMinutes(20));

    assertThat(((UserMessage) lastOf(chat.model.next().messages())).singleText())
        .contains("did not answer");
  }

  @Test
  void a_person_names_the_speaker_and_what_they_said_meanwhile_is_seen() {
    ChatOf chat = new ChatOf(SpeakerSelector.manual(), 1);
    Conversation conversation = chat.start();
    InputRequested request = chat.events.only(InputRequested.class);
    assertThat(request.choices()).containsExactly("Ann", "Ben", "Cho");

    conversation.say("Be brief.").join();
    conversation.input(request.requestId(), "Cho").join();

    assertThat(chat.speakers()).containsExactly("Cho");
    assertThat(chat.model.next().messages())
        .containsExactly(UserMessage.from("user: Tea?\n\nuser: Be brief."));
  }

  @Test
  void a_pause_holds_after_the_speaker_was_named() {
    ChatOf chat = new ChatOf(SpeakerSelector.manual(), 1);
    Conversation conversation = chat.start();
    conversation.pause().join();

    chat.answerPending();
    assertThat(chat.speakers()).isEmpty();
    conversation.unpause().join();

    assertThat(chat.speakers()).containsExactly("Ben");
    assertThat(chat.events.of(InputRequested.class)).hasSize(1);
  }

  @Test
  void the_next_in_order_speaks_where_nobody_names_one_in_time() {
    ChatOf chat = new ChatOf(SpeakerSelector.manual(), 2);
    chat.chat.onInputTimeout(InputTimeoutPolicy.GO_ON);
    chat.start();
    chat.answerPending();
    chat.model.next().tokens("so").complete();

    chat.clock.advance(Duration.ofMinutes(20));

    assertThat(chat.speakers()).containsExactly("Ben", "Cho");
  }
}
