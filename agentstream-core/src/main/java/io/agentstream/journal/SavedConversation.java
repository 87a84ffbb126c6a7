package io.agentstream.journal;

import io.agentstream.chat.ConversationState;
import io.agentstream.wire.ClientCommand.StartConversation;

/**
 * What another node needs to go on with a conversation.
 *
 * @param definition what the conversation is made of, by the catalogue's names, none left out
 * @param state how far it has come
 */
public record SavedConversation(StartConversation definition, ConversationState state) {}
