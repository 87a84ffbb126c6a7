/**
 * Reads and writes the JSON of the protocol. Not for applications; it changes without notice.
 *
 * <p>{@link io.agentstream.wire.internal.CommandDecoder} reads commands, {@link
 * io.agentstream.wire.internal.FrameEncoder} writes frames, and {@link
 * io.agentstream.wire.internal.EventJson} writes and reads events for journals outside this
 * process. The records that they read and write are in {@code io.agentstream.wire}, which does not
 * know this package.
 */
@NullMarked
package io.agentstream.wire.internal;

import org.jspecify.annotations.NullMarked;
