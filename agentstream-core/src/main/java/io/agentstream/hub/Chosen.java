package io.agentstream.hub;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.PastMessage;
import io.agentstream.wire.ClientCommand.StartConversation;
import java.util.List;

/**
 * A viewer's choice of a conversation.
 *
 * @param chat the chat that the command names
 * @param past the history that the conversation begins with
 */
record Chosen(GroupChat chat, StartConversation command, List<PastMessage> past) {

  ConversationBuilder conversation() {
    return chat.newConversation(command.topic()).past(past);
  }

  /** Returns the command from which another node could start the same chat. */
  StartConversation definition() {
    return Catalogue.definition(chat, command);
  }
}
