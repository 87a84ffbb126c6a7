/**
 * Runs conversations and lets viewers in. {@link io.agentstream.hub.ConversationHub} is the entry
 * point: an adapter gives it a {@link io.agentstream.viewer.Transport} for each connection, and
 * gets a {@link io.agentstream.viewer.ViewerConnection}.
 *
 * <p>{@code Catalogue} lists the agents that viewers can choose, {@code ConversationLauncher}
 * starts the conversation, {@code Scribe} writes its events to the {@link
 * io.agentstream.journal.Journal}, and {@code Retention} removes it some time after it has ended.
 */
@NullMarked
package io.agentstream.hub;

import org.jspecify.annotations.NullMarked;
