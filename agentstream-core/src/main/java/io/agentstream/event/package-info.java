/**
 * The events of a conversation, one record for each type.
 *
 * <p>A {@link io.agentstream.event.ChatEvent} is the argument of a {@link
 * io.agentstream.event.StreamListener}, the entry of a journal, and the {@code data} of a frame on
 * the wire. The field names of {@code docs/protocol.md} are the record components in snake_case.
 * This package depends on neither JSON nor a transport.
 */
@NullMarked
package io.agentstream.event;

import org.jspecify.annotations.NullMarked;
