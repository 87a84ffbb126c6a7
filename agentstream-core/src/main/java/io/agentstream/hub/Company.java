package io.agentstream.hub;

import io.agentstream.identity.ConversationAccess;

/**
 * The settings for people who share conversations.
 *
 * @param access their rights
 * @param linksPerConversation how many links one conversation may have; 0 for none
 */
record Company(ConversationAccess access, int linksPerConversation) {}
