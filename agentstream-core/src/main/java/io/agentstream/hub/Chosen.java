package io.agentstream.hub;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.GroupChat;
import io.agentstream.wire.Beginning;
import io.agentstream.wire.ViewingCommand.StartConversation;

/**
 * A viewer's choice of a conversation.
 *
 * @param chat the chat that the command names
 * @param beginning how the conversation begins
 */
record Chosen(GroupChat chat, StartConversation command, Beginning beginning) {

  ConversationBuilder conversation() {
    return chat.newConversation(command.topic())
        .past(beginning.past())
        .topicId(beginning.topicId());
  }

  /** Returns the command from which another node could start the same chat. */
  StartConversation definition() {
    return Catalogue.definition(chat, command);
  }
}
