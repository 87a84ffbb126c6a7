package io.agentstream.hub;

import io.agentstream.identity.ConversationAccess;

/**
 * The settings for people who share conversations.
 *
 * @param access their rights
 * @param linksPerConversation how many links one conversation may have; 0 for none
 * @param presence true if viewers may see who is here
 */
record Company(ConversationAccess access, int linksPerConversation, boolean presence) {}
