package io.agentstream.wire.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUnpaused;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageEdited;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.MessageReset;
import io.agentstream.event.MessageWithdrawn;
import io.agentstream.event.NewMessage;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.wire.Snapshot;
import java.util.Map;

/**
 * Writes events and snapshots as the JSON under {@code data} on the wire, and reads them back, for
 * journals outside this process. Thread-safe.
 */
public final class EventJson {

  private static final Map<String, Class<? extends ChatEvent>> TYPES =
      Map.ofEntries(
          Map.entry("conversation_created", ConversationCreated.class),
          Map.entry("conversation_started", ConversationStarted.class),
          Map.entry("speaker_change", SpeakerChange.class),
          Map.entry("streaming_token", StreamingToken.class),
          Map.entry("streaming_thinking", StreamingThinking.class),
          Map.entry("tool_call", ToolCall.class),
          Map.entry("tool_result", ToolResult.class),
          Map.entry("message_reset", MessageReset.class),
          Map.entry("streaming_complete", StreamingComplete.class),
          Map.entry("new_message", NewMessage.class),
          Map.entry("message_queued", MessageQueued.class),
          Map.entry("message_edited", MessageEdited.class),
          Map.entry("message_withdrawn", MessageWithdrawn.class),
          Map.entry("input_requested", InputRequested.class),
          Map.entry("input_resolved", InputResolved.class),
          Map.entry("roster_changed", RosterChanged.class),
          Map.entry("conversation_paused", ConversationPaused.class),
          Map.entry("conversation_unpaused", ConversationUnpaused.class),
          Map.entry("error", ChatError.class),
          Map.entry("conversation_ended", ConversationEnded.class));

  private EventJson() {}

  /** Returns the event's data, in one line. */
  public static String write(ChatEvent event) {
    return event instanceof StreamedText text ? token(text) : json(event);
  }

  /** Writes a token by hand, because nearly all events are tokens. */
  private static String token(StreamedText text) {
    StringBuilder json = new StringBuilder(64 + text.token().length());
    json.append("{\"message_id\":\"").append(text.messageId());
    json.append("\",\"offset\":").append(text.offset());
    json.append(",\"token\":\"");
    JsonStringEncoder.getInstance().quoteAsString(text.token(), json);
    return json.append("\"}").toString();
  }

  /**
   * Reads an event.
   *
   * @param type the type as in {@link ChatEvent#type()}
   * @throws IllegalArgumentException if this version cannot read it
   */
  public static ChatEvent read(String type, String data) {
    Class<? extends ChatEvent> event = TYPES.get(type);
    if (event == null) {
      throw new IllegalArgumentException("No event is called '" + type + "'");
    }
    return read(data, event);
  }

  /** Returns the snapshot's data, in one line. */
  public static String write(Snapshot.Content snapshot) {
    return json(snapshot);
  }

  /**
   * Reads a snapshot.
   *
   * @throws IllegalArgumentException if this version cannot read it
   */
  public static Snapshot.Content readSnapshot(String data) {
    return read(data, Snapshot.Content.class);
  }

  /** Writes one message of a snapshot, in one line. */
  public static String write(Snapshot.Message message) {
    return json(message);
  }

  /**
   * Reads one message of a snapshot.
   *
   * @throws IllegalArgumentException if it is none that this version knows
   */
  public static Snapshot.Message readMessage(String data) {
    return read(data, Snapshot.Message.class);
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every event can be written", e);
    }
  }

  private static <T> T read(String data, Class<T> type) {
    try {
      return Json.STORED.readValue(data, type);
    } catch (JsonProcessingException e) {
      // Without the cause, whose message may quote the conversation.
      throw new IllegalArgumentException("Not a " + type.getSimpleName() + " of this version");
    }
  }
}
