package io.agentstream.event;

/**
 * An event of a conversation. Immutable and thread-safe.
 *
 * <p>Java 17 has no exhaustive {@code switch} over types. To handle each type, implement {@link
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
        MessageQueued,
        MessageEdited,
        MessageWithdrawn,
        InputRequested,
        InputResolved,
        RosterChanged,
        ConversationPaused,
        ConversationUnpaused,
        ChatError,
        ConversationEnded {

  /** Returns the event's name on the wire, for example {@code streaming_token}. */
  String type();

  /** Calls the method of {@code listener} for this type of event. */
  void deliverTo(StreamListener listener);
}
