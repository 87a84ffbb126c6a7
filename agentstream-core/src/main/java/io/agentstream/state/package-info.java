/**
 * A conversation's state as a JSON document, for storing it and going on elsewhere. Begin with
 * {@link io.agentstream.state.ConversationStateJson}; {@code docs/state.md} tells every field.
 */
@NullMarked
package io.agentstream.state;

import org.jspecify.annotations.NullMarked;
