package io.agentstream.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of a conversation, known without reading its events.
 *
 * @param conversationId its id, which cannot be guessed if it was started over the wire
 * @param owner the user who started it; null for the server itself
 * @param topic its topic
 * @param agents the participants' names
 * @param createdAt its start time
 */
public record ConversationInfo(
    String conversationId,
    @Nullable User owner,
    String topic,
    List<String> agents,
    Instant createdAt) {

  /** Copies {@code agents}. */
  public ConversationInfo {
    agents = List.copyOf(agents);
  }

  /** Returns true if a known user started it. */
  public boolean hasKnownOwner() {
    return owner != null && !owner.anonymous();
  }
}
