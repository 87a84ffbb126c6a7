/** What tests hold against what is sent: {@link io.agentstream.testing.FrameSchema}. */
@NullMarked
package io.agentstream.testing;

import org.jspecify.annotations.NullMarked;
