/**
 * Serves viewers; not for applications, it changes without notice. Its public types are for {@code
 * io.agentstream.hub} alone.
 *
 * <p>A viewer is a position in the journal: its {@code Subscription} reads the next event whenever
 * its socket has accepted the previous one. A slow viewer needs no memory, many missing tokens
 * become one frame, and joining again means another position. Each connection's {@code
 * OutboundQueue} has at most one send in progress.
 */
@NullMarked
package io.agentstream.viewer.internal;

import org.jspecify.annotations.NullMarked;
