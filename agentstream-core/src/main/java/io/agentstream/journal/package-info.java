/**
 * Keeps the ordered events of conversations. Every event is appended to the {@link
 * io.agentstream.journal.Journal} and gets a sequence number there; a viewer is nothing but a
 * position in it. {@link io.agentstream.journal.ConversationLog} holds the events of one
 * conversation in memory, and is what journals are built from.
 */
@NullMarked
package io.agentstream.journal;

import org.jspecify.annotations.NullMarked;
