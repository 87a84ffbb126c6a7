package io.agentstream.event;

import java.util.function.Consumer;

/**
 * Receives a conversation's events. Override the methods for the events that you need, or {@link
 * #onEvent} for all of them.
 *
 * <p>A listener gets the events of one conversation one at a time and in order. The method that
 * registers it documents the thread; by default it is a thread of the chat's executor, not the
 * streaming thread. If a listener throws, the exception is logged and has no other effect.
 */
public interface StreamListener {

  /** Returns a listener that passes every event to {@code consumer}. */
  static StreamListener of(Consumer<? super ChatEvent> consumer) {
    return new StreamListener() {
      @Override
      public void onEvent(ChatEvent event) {
        consumer.accept(event);
      }
    };
  }

  /** Called first with every event. By default it calls the method for the event's type. */
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

  default void onMessageQueued(MessageQueued event) {}

  default void onMessageEdited(MessageEdited event) {}

  default void onMessageWithdrawn(MessageWithdrawn event) {}

  default void onInputRequested(InputRequested event) {}

  default void onInputResolved(InputResolved event) {}

  default void onRosterChanged(RosterChanged event) {}

  default void onConversationPaused(ConversationPaused event) {}

  default void onConversationUnpaused(ConversationUnpaused event) {}

  default void onError(ChatError event) {}

  default void onConversationEnded(ConversationEnded event) {}
}
