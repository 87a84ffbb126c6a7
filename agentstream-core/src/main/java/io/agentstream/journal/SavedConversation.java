package io.agentstream.journal;

import io.agentstream.chat.ConversationState;
import io.agentstream.wire.ViewingCommand.StartConversation;

/**
 * The data that another node needs to continue a conversation.
 *
 * @param definition the command that would start the conversation, with all names of the catalogue
 *     that it uses
 * @param state its state
 */
public record SavedConversation(StartConversation definition, ConversationState state) {}
