/** Links by which conversations are shared: made, kept, checked and revoked. */
@NullMarked
package io.agentstream.sharing;

import org.jspecify.annotations.NullMarked;
