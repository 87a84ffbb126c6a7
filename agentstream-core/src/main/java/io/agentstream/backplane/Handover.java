package io.agentstream.backplane;

import io.agentstream.identity.User;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.SavedConversation;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that another node or an earlier process has left behind, for the node that
 * continues it.
 *
 * @param conversationId the conversation's id
 * @param epoch the epoch to write under, from 1
 * @param owner the user who started it, to whom its further usage counts; null if unknown
 * @param reader a reader of the conversation
 * @param saved the saved data; null if there is none, so that the conversation can only end
 */
public record Handover(
    String conversationId,
    long epoch,
    @Nullable User owner,
    JournalReader reader,
    @Nullable SavedConversation saved) {}
