/**
 * A conversation's state as a JSON document, to store it and continue elsewhere. {@link
 * io.agentstream.state.ConversationStateJson} is the entry point; {@code docs/state.md} describes
 * every field.
 */
@NullMarked
package io.agentstream.state;

import org.jspecify.annotations.NullMarked;
