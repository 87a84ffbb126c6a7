package io.agentstream.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a conversation without reading it.
 *
 * @param conversationId which; not to be guessed, where it was started over the wire
 * @param owner who started it; null for the server itself
 * @param topic what it is about
 * @param agents who takes part
 * @param createdAt when it was started
 */
public record ConversationInfo(
    String conversationId,
    @Nullable User owner,
    String topic,
    List<String> agents,
    Instant createdAt) {

  /** Keeps a copy of {@code agents}. */
  public ConversationInfo {
    agents = List.copyOf(agents);
  }

  /** Whether a known user started it, who can be told apart from all others. */
  public boolean hasKnownOwner() {
    return owner != null && !owner.anonymous();
  }
}
