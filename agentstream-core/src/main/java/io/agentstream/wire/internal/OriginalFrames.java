package io.agentstream.wire.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamingComplete;

/**
 * Encodes events like the original system: with {@code session_id} in every {@code data}, and with
 * the agent, the round and the whole text so far in each token. Thread-safe.
 */
public final class OriginalFrames {

  private OriginalFrames() {}

  /** Encodes an event other than a token. */
  public static String event(String conversationId, long seq, long millis, ChatEvent event) {
    ObjectNode data = Json.MAPPER.createObjectNode().put("session_id", conversationId);
    data.setAll(Json.MAPPER.<ObjectNode>valueToTree(event));
    if (event instanceof StreamingComplete) {
      data.put("is_complete", true);
    }
    return FrameEncoder.event(event.type(), conversationId, seq, millis, data);
  }

  /**
   * Encodes one or more tokens as one frame.
   *
   * @param seq the position of the last token
   * @param token all tokens joined
   * @param fullContent the message so far, including these tokens
   */
  public static String token(
      String conversationId,
      long seq,
      long millis,
      String messageId,
      String agentName,
      int round,
      String token,
      String fullContent) {
    ObjectNode data =
        Json.MAPPER
            .createObjectNode()
            .put("session_id", conversationId)
            .put("message_id", messageId)
            .put("agent_name", agentName)
            .put("token", token)
            .put("full_content", fullContent)
            .put("round", round)
            .put("is_complete", false);
    return FrameEncoder.event("streaming_token", conversationId, seq, millis, data);
  }
}
