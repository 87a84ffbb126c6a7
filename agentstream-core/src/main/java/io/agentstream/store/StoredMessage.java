package io.agentstream.store;

/**
 * A message as it is kept.
 *
 * @param messageId its id within the conversation
 * @param text what it says, for the search
 * @param document all of it as JSON, as it stands in a {@code snapshot}
 */
public record StoredMessage(String messageId, String text, String document) {}
