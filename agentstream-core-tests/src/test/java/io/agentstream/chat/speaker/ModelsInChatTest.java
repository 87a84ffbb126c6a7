package io.agentstream.chat.speaker;

import static io.agentstream.chat.speaker.SelectorsInChatTest.DONE;
import static io.agentstream.chat.speaker.SelectorsInChatTest.GOING;
import static io.agentstream.chat.speaker.SelectorsInChatTest.lastOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.Conversation;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.Usage;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import org.junit.jupiter.api.Test;

/** A model picks the next speaker, or plans for the others. */
class ModelsInChatTest {

  @Test
  void a_model_picks_and_what_it_uses_counts_as_overhead() {
    ChatOf chat =
        new ChatOf(
            SpeakerSelector.model(
                new Brain(question -> question.contains("Cho: so") ? "Ann" : "Cho")),
            2);
    chat.model.answers("so").answers("so");
    ConversationUsage usage = chat.start().result().join().usage();

    assertThat(chat.speakers()).containsExactly("Cho", "Ann");
    assertThat(usage.overhead()).isEqualTo(Usage.counted(200, 20));
    assertThat(usage.byAgent()).containsOnlyKeys("Cho", "Ann");
    assertThat(usage.totalTokens()).isEqualTo(220 + 22);
  }

  @Test
  void a_stop_while_a_model_picks_hangs_up_and_the_next_run_asks_again() {
    ScriptedModel picker = new ScriptedModel();
    ChatOf chat = new ChatOf(SpeakerSelector.model(picker), 2);
    Conversation conversation = chat.start();
    ScriptedCall asked = picker.next();

    conversation.stop();
    asked.tokens("Ben").complete();
    assertThat(chat.speakers()).isEmpty();
    conversation.say("Go on.").join();
    picker.next().tokens("Cho").complete();

    assertThat(chat.speakers()).containsExactly("Cho");
  }

  @Test
  void a_model_that_fails_to_pick_leaves_the_chat_going() {
    ChatOf chat =
        new ChatOf(
            SpeakerSelector.model(
                new Brain(
                    question -> {
                      throw new IllegalStateException("secret");
                    })),
            2);
    chat.model.answers("so").answers("so");

    assertThat(chat.start().result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(chat.speakers()).containsExactly("Ann", "Ben");
    assertThat(chat.events.of(ChatError.class)).isEmpty();
  }

  @Test
  void a_plan_is_followed_to_the_final_answer_and_counts_as_overhead() {
    ChatOf chat =
        new ChatOf(
            SpeakerSelector.planner(
                    new Brain(
                        question ->
                            question.contains("SATISFIED")
                                ? question.contains("It boils") ? DONE : GOING
                                : "Well."))
                .finalAnswerBy("Cho"),
            1);
    Conversation conversation = chat.start();
    ScriptedCall ben = chat.model.next();
    assertThat(((UserMessage) lastOf(ben.messages())).singleText())
        .contains("user: Tea?", "You are Ben.", "Boil water.");
    ben.tokens("It boils.").complete();
    chat.model.next().tokens("Tea ", "is served.").complete();

    assertThat(chat.speakers()).containsExactly("Ben", "Cho");
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.COMPLETED);
    assertThat(conversation.result().join().usage().overhead()).isEqualTo(Usage.counted(400, 40));
    assertThat(chat.events.of(NewMessage.class))
        .extracting(NewMessage::sender)
        .containsExactly("user", "Ben", "Cho");

    conversation.say("And cake?").join();
    assertThat(lastOf(chat.speakers())).isEqualTo("Ben");
  }

  @Test
  void the_rounds_used_up_the_planner_still_has_an_answer_given() {
    ChatOf chat = new ChatOf(SpeakerSelector.planner(Brain.planning(GOING)), 1);
    Conversation conversation = chat.start();
    chat.model.next().tokens("It boils.").complete();
    chat.model.next().tokens("Not yet.").complete();

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(chat.events.of(SpeakerChange.class))
        .extracting(SpeakerChange::round)
        .containsExactly(1, 1);
  }

  @Test
  void a_planner_whose_model_fails_fails_the_run_and_can_go_on() {
    boolean[] broken = {true};
    ChatOf chat =
        new ChatOf(
            SpeakerSelector.planner(
                new Brain(
                    question -> {
                      if (broken[0]) {
                        throw new IllegalStateException("secret");
                      }
                      return question.contains("SATISFIED") ? GOING : "Well.";
                    })),
            1);
    Conversation conversation = chat.start();

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.FAILED);
    assertThat(chat.events.only(ChatError.class).code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(chat.events.only(ChatError.class).message()).doesNotContain("secret");
    broken[0] = false;
    conversation.say("Again.").join();
    assertThat(chat.speakers()).containsExactly("Ben");
  }
}
