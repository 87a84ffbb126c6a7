/** The part of the conversation that an agent's model sees. */
@NullMarked
package io.agentstream.chat.context;

import org.jspecify.annotations.NullMarked;
