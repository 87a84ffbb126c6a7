package io.agentstream.store;

/**
 * Holds what continues a conversation, as JSON.
 *
 * @param definition what it is made of, as a {@code start_conversation}
 * @param state how far it has come, as {@code ConversationStateJson} writes it
 */
public record EngineDocuments(String definition, String state) {}
