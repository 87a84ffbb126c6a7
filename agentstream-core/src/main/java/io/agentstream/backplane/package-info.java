/**
 * Describes what the nodes of one service share: a {@link io.agentstream.backplane.Backplane} has
 * the journal, the directory of conversations, their owners, and the way for commands.
 */
@NullMarked
package io.agentstream.backplane;

import org.jspecify.annotations.NullMarked;
