package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.chat.Agent;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.test.internal.HeapUse;
import io.agentstream.viewer.IdleTransport;
import io.agentstream.viewer.ViewerConnection;
import org.junit.jupiter.api.Test;

/** The heap that kept conversations hold, compared with what is counted for them. */
class HeldMemoryTest {

  private static final int CONVERSATIONS = 1_000;
  private static final int TOKENS = 20;
  private static final long MOST_BYTES = 15_000;
  private static final String START =
      "{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\",\"max_rounds\":1}}";

  @Test
  void an_ended_conversation_holds_little_and_less_than_is_counted_for_it() {
    ConversationHub hub =
        ConversationHub.builder()
            .agents(Agent.builder("Ann").model(new TwentyTokens()).build())
            .executor(Runnable::run)
            .limits(Limits.builder().startsPerMinute(0).messagesPerMinute(0).build())
            .quotas(Quotas.none())
            .build();

    long held = HeapUse.median(() -> growth(hub)) / CONVERSATIONS;

    assertThat(hub.load().keptConversations()).isEqualTo(3 * CONVERSATIONS);
    long counted = hub.load().keptBytes() / (3 * CONVERSATIONS);
    System.out.printf("bytes that an ended conversation holds: %,d; counted: %,d%n", held, counted);
    assertThat(held).isBetween(1L, MOST_BYTES);
    assertThat(held).isLessThan(counted);
    hub.close();
  }

  private static long growth(ConversationHub hub) {
    long before = HeapUse.now();
    for (int i = 0; i < CONVERSATIONS; i++) {
      ViewerConnection viewer = hub.connect(new IdleTransport(), false);
      viewer.receive(START, true);
      viewer.closed();
    }
    return HeapUse.now() - before;
  }

  private static final class TwentyTokens implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      for (int i = 0; i < TOKENS; i++) {
        handler.onPartialResponse(" word");
      }
      handler.onCompleteResponse(
          ChatResponse.builder().aiMessage(AiMessage.from(" word".repeat(TOKENS))).build());
    }
  }
}
