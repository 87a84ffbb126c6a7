/**
 * Implements version 1 of the protocol between a server and its viewers, as described in {@code
 * docs/protocol.md}.
 *
 * <p>Events travel as they are ({@link io.agentstream.event.ChatEvent} is the {@code data} of their
 * frame); this package adds the frames that belong to one connection ({@link
 * io.agentstream.wire.ControlFrame}) and the commands ({@link io.agentstream.wire.ClientCommand}).
 * The code that writes and reads their JSON is in {@code wire.internal}.
 */
@NullMarked
package io.agentstream.wire;

import org.jspecify.annotations.NullMarked;
