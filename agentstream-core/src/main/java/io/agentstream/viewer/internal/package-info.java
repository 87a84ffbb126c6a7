/**
 * Serves viewers; not for applications, it changes without notice. What is public here is for
 * {@code io.agentstream.hub} alone.
 *
 * <p>A viewer is a position in the journal: its {@code Subscription} reads the next event whenever
 * its socket has taken the one before. A slow viewer costs no memory, many tokens that it is behind
 * by become one frame, and joining again is starting from another position. One {@code
 * OutboundQueue} for each connection has one send under way at the most.
 */
@NullMarked
package io.agentstream.viewer.internal;

import org.jspecify.annotations.NullMarked;
