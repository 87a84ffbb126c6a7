package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupChatTest extends ScriptedChat {

  @Test
  void every_speaker_streams_every_token_in_round_robin_order() {
    model.answers("Yes", ", it", " will.").answers("No", ".");

    ChatResult result = start(chat(1, "Ann", "Ben")).result().join();

    assertThat(events.types())
        .containsExactly(
            "conversation_created",
            "conversation_started",
            "new_message",
            "speaker_change",
            "streaming_token",
            "streaming_token",
            "streaming_token",
            "streaming_complete",
            "new_message",
            "speaker_change",
            "streaming_token",
            "streaming_token",
            "streaming_complete",
            "new_message",
            "conversation_ended");
    assertThat(events.only(ConversationCreated.class))
        .isEqualTo(new ConversationCreated(1, "Will it?", List.of("Ann", "Ben"), "round_robin", 1));
    assertThat(events.of(SpeakerChange.class))
        .containsExactly(
            new SpeakerChange("m2", "Ann", 1, null, null),
            new SpeakerChange("m3", "Ben", 1, null, null));
    assertThat(result.reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(result.messages())
        .extracting(NewMessage::sender, NewMessage::content)
        .containsExactly(
            tuple("user", "Will it?"), tuple("Ann", "Yes, it will."), tuple("Ben", "No."));
  }

  @Test
  void tokens_joined_are_the_full_content_and_the_message_in_history() {
    model.answers("a", "😀", "\uD83D", "\uDE00", "z");

    start(chat(1, "Ann"));

    StreamingComplete complete = events.only(StreamingComplete.class);
    assertThat(events.textOf("m2")).isEqualTo("a😀😀z").isEqualTo(complete.fullContent());
    assertThat(events.of(NewMessage.class).get(1).content()).isEqualTo(complete.fullContent());
    assertThat(complete.length()).isEqualTo(6);
    assertThat(events.of(StreamingToken.class))
        .extracting(StreamingToken::offset)
        .containsExactly(0, 1, 3, 5);
  }

  @Test
  void an_agent_sees_what_the_others_said_with_their_names() {
    model.answers("One.").answers("Two.").answers("Three.");
    Agent ann =
        Agent.builder("Ann").systemPrompt("Be kind.").introduced(false).model(model).build();
    start(builder(2).participants(ann, agent("Ben"), agent("Cho")).build());

    assertThat(model.next().messages())
        .containsExactly(
            SystemMessage.from("Be kind."),
            UserMessage.from("user: Will it?"),
            AiMessage.from("One."),
            UserMessage.from("Ben: Two.\n\nCho: Three."));
  }

  @Test
  void temperature_and_max_tokens_reach_the_model() {
    Agent agent = Agent.builder("Ann").model(model).temperature(0.3).maxTokens(77).build();
    start(builder(1).participants(agent).build());

    ScriptedCall call = model.next();
    assertThat(call.request().temperature()).isEqualTo(0.3);
    assertThat(call.request().maxOutputTokens()).isEqualTo(77);
  }

  @Test
  void a_stop_keeps_the_partial_text_and_ends_the_conversation() {
    Conversation conversation = start(chat(3, "Ann", "Ben"));
    ScriptedCall call = model.next().tokens("half a ");

    conversation.stop();
    call.tokens("late");
    call.complete();

    assertThat(events.only(StreamingComplete.class))
        .extracting(StreamingComplete::fullContent, StreamingComplete::finishReason)
        .containsExactly("half a ", TurnFinishReason.STOPPED);
    assertThat(events.of(NewMessage.class).get(1).content()).isEqualTo("half a ");
    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.STOPPED);
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.STOPPED);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void a_stop_before_the_first_token_leaves_no_message() {
    Conversation conversation = start(chat(1, "Ann"));
    ScriptedCall call = model.next();

    conversation.stop();
    conversation.stop();
    call.tokens("late").complete();

    assertThat(events.types())
        .endsWith("speaker_change", "streaming_complete", "conversation_ended");
    assertThat(events.only(StreamingComplete.class).length()).isZero();
  }

  @Test
  void an_answer_that_takes_too_long_is_cut_and_kept() {
    GroupChat chat =
        builder(1)
            .participants(agent("Ann"))
            .timeouts(Timeouts.builder().agentResponse(Duration.ofMinutes(5)).build())
            .build();
    start(chat);
    ScriptedCall call = model.next().tokens("half");

    clock.advance(Duration.ofMinutes(5));
    call.complete();

    assertThat(events.only(ChatError.class).code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("half");
  }

  @Test
  void a_conversation_ends_after_its_time() {
    Conversation conversation =
        start(builder(3).participants(agent("Ann")).timeouts(ChatFixture.patient()).build());
    clock.advance(Duration.ofMinutes(29));
    assertThat(conversation.result()).isNotDone();

    clock.advance(Duration.ofMinutes(1));

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.TIMEOUT);
  }

  @Test
  void an_answer_without_end_is_cut_at_the_limit() {
    GroupChat chat =
        builder(1)
            .participants(agent("Ann"))
            .limits(Limits.builder().maxAnswerChars(10).build())
            .build();
    start(chat);
    ScriptedCall call = model.next();
    call.tokens("12345", "67890", "1", "2", "3");

    assertThat(events.only(StreamingComplete.class))
        .extracting(StreamingComplete::fullContent, StreamingComplete::finishReason)
        .containsExactly("12345678901", TurnFinishReason.LENGTH);
  }

  @Test
  void usage_adds_up_by_agent() {
    model.answers("a").answers("b", "c").answers("d").answers("e");

    ChatResult result = start(chat(2, "Ann", "Ben")).result().join();

    assertThat(result.usage().byAgent())
        .containsEntry("Ann", Usage.counted(20, 2))
        .containsEntry("Ben", Usage.counted(20, 3));
    assertThat(result.usage().totalTokens()).isEqualTo(45);
  }

  @Test
  void a_listener_that_throws_harms_nothing() {
    model.answers("a");
    Conversation conversation =
        chat(1, "Ann")
            .newConversation("Will it?")
            .inlineListener(
                StreamListener.of(
                    event -> {
                      throw new IllegalStateException("listener");
                    }))
            .inlineListener(events)
            .start();

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(events.types()).endsWith("conversation_ended");
  }

  @Test
  void one_chat_starts_any_number_of_conversations() {
    GroupChat chat = chat(1, "Ann");
    Conversation first = chat.start("One?");
    first.stop();
    Conversation second = chat.start("Two?");
    model.next();
    model.next().tokens("fine").complete();

    assertThat(first.result().join().reason()).isEqualTo(EndReason.STOPPED);
    assertThat(second.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(first.id()).hasSize(22).isNotEqualTo(second.id());
  }

  @Test
  void mistakes_in_a_definition_are_named() {
    assertThatThrownBy(() -> Agent.builder(" Ann")).hasMessageContaining("no space at either end");
    assertThatThrownBy(() -> Agent.builder("Ann").build()).hasMessageContaining("model(…)");
    assertThatThrownBy(() -> Agent.builder("Ann").temperature(Double.NaN))
        .hasMessageContaining("from 0 to 2");
    assertThatThrownBy(() -> GroupChat.builder().build()).hasMessageContaining("participants(…)");
    assertThatThrownBy(() -> chat(1, "Ann", "Ann")).hasMessageContaining("'Ann'");
    assertThatThrownBy(() -> chat(1, "Ann").start(" ")).hasMessageContaining("blank");
    assertThatThrownBy(() -> Timeouts.builder().conversation(Duration.ZERO).build())
        .hasMessageContaining("conversation");
  }
}
