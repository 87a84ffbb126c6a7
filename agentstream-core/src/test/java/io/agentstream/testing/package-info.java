/**
 * What tests stand on: {@link io.agentstream.testing.StubModelServer}, a model server that does
 * what it is told, and {@link io.agentstream.testing.FrameSchema}, what frames look like.
 */
@NullMarked
package io.agentstream.testing;

import org.jspecify.annotations.NullMarked;
