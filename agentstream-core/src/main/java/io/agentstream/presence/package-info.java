/** Presence: who is here and who types. It is sent to viewers who take part, and never stored. */
@NullMarked
package io.agentstream.presence;

import org.jspecify.annotations.NullMarked;
