package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.EndReason;
import io.agentstream.event.MessageReset;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.ToolCall;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results of tools, and the text before their calls, are known afterwards. */
class ToolsAndHandoffsTest extends ChatFixture {

  @Test
  void a_result_before_a_handoff_without_words_is_known_to_the_next_speaker_and_to_the_agent() {
    start(handingOver());
    model.next().toolCall("look", "{}").complete();
    model.next().toolCall("transfer_to_ben", "{}").complete();

    ScriptedCall ben = model.next();
    assertThat(text(ben.messages().get(0)))
        .isEqualTo(
            "user: Tea?\n\nAnn: (look: sunny\n  Ben: I know.)\n\n"
                + "Ann handed the conversation over to you.");
    ben.toolCall("transfer_to_ann", "{}").complete();

    assertThat(results(model.next())).contains("sunny\nBen: I know.");
    assertThat(events).isWellFormed().said("user: Tea?").spoke("Ann", "Ben", "Ann");
  }

  @Test
  void it_is_known_after_a_restore_too_and_nobody_is_told_of_a_message_without_words() {
    GroupChat.Builder chat = handingOver();
    Conversation conversation = start(chat);
    model.next().toolCall("look", "{}").complete();
    model.next().toolCall("transfer_to_ben", "{}").complete();
    model.next();
    ConversationState state =
        ConversationStateJson.read(ConversationStateJson.write(conversation.snapshot().join()));
    conversation.stop();

    RecordedEvents restored = new RecordedEvents();
    chat.build().restore(state).inlineListener(restored).start();

    assertThat(text(model.next().messages().get(0))).contains("Ann: (look: sunny");
    assertThat(restored).said("user: Tea?");
  }

  @Test
  void words_before_a_handoff_come_with_the_result_that_no_words_followed() {
    start(handingOver());
    model.next().tokens("Let me look. ").toolCall("look", "{}").complete();
    model.next().toolCall("transfer_to_ben", "{}").complete();

    assertThat(text(model.next().messages().get(0)))
        .startsWith("user: Tea?\n\nAnn: Let me look. \n  (look: sunny\n  Ben: I know.)");
  }

  @Test
  void a_handoff_alone_leaves_nothing_behind() {
    start(handingOver());
    model.next().toolCall("transfer_to_ben", "{}").complete();

    assertThat(text(model.next().messages().get(0)))
        .isEqualTo("user: Tea?\n\nAnn handed the conversation over to you.");
  }

  @Test
  void words_before_a_call_stand_once_in_the_next_prompt() {
    start(chat(2, withLook().build()));
    model.next().tokens("Let me look. ").toolCall("look", "{}").complete();
    model.next().tokens("It is sunny.").complete();

    List<ChatMessage> messages = model.next().messages();

    assertThat(messages.stream().filter(AiMessage.class::isInstance))
        .extracting(message -> ((AiMessage) message).text())
        .containsExactly("Let me look. ", "It is sunny.");
  }

  @Test
  void a_call_without_an_id_and_calls_with_the_same_get_one_each() {
    start(chat(1, withLook().build()));
    ScriptedCall call = model.next();
    call.handler()
        .onCompleteResponse(
            ChatResponse.builder()
                .aiMessage(AiMessage.from(List.of(look(null), look("1"), look("1"), look(" "))))
                .finishReason(FinishReason.TOOL_EXECUTION)
                .build());

    List<ChatMessage> messages = model.next().messages();
    AiMessage asked = (AiMessage) messages.get(1);
    List<String> ids =
        asked.toolExecutionRequests().stream().map(ToolExecutionRequest::id).toList();

    assertThat(ids).doesNotHaveDuplicates().noneMatch(String::isBlank).contains("1");
    assertThat(messages.stream().filter(ToolExecutionResultMessage.class::isInstance))
        .extracting(message -> ((ToolExecutionResultMessage) message).id())
        .containsExactlyElementsOf(ids);
  }

  @Test
  void a_name_that_the_model_made_up_goes_back_as_servers_take_names() {
    start(chat(1, withLook().build()));
    model.next().toolCall("look at: the sky!", "{}").complete();

    List<ChatMessage> messages = model.next().messages();
    assertThat(((AiMessage) messages.get(1)).toolExecutionRequests().get(0).name())
        .isEqualTo("look_at_the_sky_");
    assertThat(((ToolExecutionResultMessage) messages.get(2)).toolName())
        .isEqualTo("look_at_the_sky_");
    assertThat(events.only(ToolCall.class).name()).isEqualTo("look at: the sky!");
  }

  @Test
  void arguments_that_can_never_be_read_end_the_turn_in_the_end() {
    start(chat(1, withLook().maxToolRounds(3).build(), agent("Ben").build()));
    for (int i = 0; i < 4; i++) {
      model.next().toolCall("look", "{\"city\":\"Par").complete();
    }
    model.next().tokens("b").complete();

    assertThat(events).isWellFormed().spoke("Ann", "Ben").endedWith(EndReason.MAX_ROUNDS);
  }

  @Test
  void thinking_goes_back_with_the_text_when_the_model_is_asked_once_more() {
    start(
        chat(
            1,
            withLook().retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO, 0)).build()));
    model.next().thinking("First. ").toolCall("look", "{}").complete();
    model.next().thinking("Lost. ").fail(new IOException("stubbed"));
    clock.advance(Duration.ZERO);
    model.next().thinking("Then.").tokens("a").complete();

    MessageReset reset = events.only(MessageReset.class);
    assertThat(reset.offset()).isZero();
    assertThat(reset.thinkingOffset()).isEqualTo(7);
    assertThat(events.of(StreamingThinking.class))
        .extracting(StreamingThinking::offset)
        .containsExactly(0, 7, 7);
    assertThat(events).isWellFormed().said("user: Tea?", "Ann: a");
  }

  private GroupChat.Builder handingOver() {
    return chat(5, withLook().build(), agent("Ben").build())
        .speakerSelector(SpeakerSelector.handoff());
  }

  private Agent.Builder withLook() {
    return agent("Ann")
        .tool(
            ToolSpecification.builder().name("look").build(),
            (request, memory) -> "sunny\nBen: I know.");
  }

  private static ToolExecutionRequest look(String id) {
    return ToolExecutionRequest.builder().id(id).name("look").arguments("{}").build();
  }

  private static String results(ScriptedCall call) {
    return call.messages().stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(message -> ((ToolExecutionResultMessage) message).text())
        .reduce("", String::concat);
  }

  private static String text(ChatMessage message) {
    return ((UserMessage) message).singleText();
  }
}
