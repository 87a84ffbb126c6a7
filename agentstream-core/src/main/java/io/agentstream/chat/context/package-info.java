/** What of the conversation an agent's model is shown. */
@NullMarked
package io.agentstream.chat.context;

import org.jspecify.annotations.NullMarked;
