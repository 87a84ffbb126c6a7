package io.agentstream.event;

import java.util.function.Consumer;

/**
 * Is told what happens in a conversation: override the methods for the events you care about, or
 * {@link #onEvent} for all of them.
 *
 * <p>One listener gets the events of one conversation one at a time and in their order. On which
 * thread is said where it is registered: by default on the chat's executor, off the thread that
 * streams. A listener that throws is logged and harms nothing.
 */
public interface StreamListener {

  /** A listener that hands every event to {@code consumer}. */
  static StreamListener of(Consumer<? super ChatEvent> consumer) {
    return new StreamListener() {
      @Override
      public void onEvent(ChatEvent event) {
        consumer.accept(event);
      }
    };
  }

  /** Every event comes here first; as written it calls the method for its kind. */
  default void onEvent(ChatEvent event) {
    event.deliverTo(this);
  }

  default void onConversationCreated(ConversationCreated event) {}

  default void onConversationStarted(ConversationStarted event) {}

  default void onSpeakerChange(SpeakerChange event) {}

  default void onStreamingToken(StreamingToken event) {}

  default void onStreamingThinking(StreamingThinking event) {}

  default void onToolCall(ToolCall event) {}

  default void onToolResult(ToolResult event) {}

  default void onMessageReset(MessageReset event) {}

  default void onStreamingComplete(StreamingComplete event) {}

  default void onNewMessage(NewMessage event) {}

  default void onInputRequested(InputRequested event) {}

  default void onInputResolved(InputResolved event) {}

  default void onConversationPaused(ConversationPaused event) {}

  default void onConversationUnpaused(ConversationUnpaused event) {}

  default void onError(ChatError event) {}

  default void onConversationEnded(ConversationEnded event) {}
}
