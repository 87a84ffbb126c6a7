package io.agentstream.event;

/**
 * Something that happened in a conversation. Immutable, and safe to hand to any thread.
 *
 * <p>Java 17 has no exhaustive {@code switch} over types: to act on each kind, implement {@link
 * StreamListener} and call {@link #deliverTo}.
 */
public sealed interface ChatEvent
    permits ConversationCreated,
        ConversationStarted,
        SpeakerChange,
        StreamedText,
        ToolCall,
        ToolResult,
        MessageReset,
        StreamingComplete,
        NewMessage,
        InputRequested,
        InputResolved,
        ConversationPaused,
        ConversationUnpaused,
        ChatError,
        ConversationEnded {

  /** The event's name on the wire, for example {@code streaming_token}. */
  String type();

  /** Calls the method of {@code listener} that stands for this kind of event. */
  void deliverTo(StreamListener listener);
}
