/** Who is here and who types: told to viewers who take part, and kept nowhere. */
@NullMarked
package io.agentstream.presence;

import org.jspecify.annotations.NullMarked;
