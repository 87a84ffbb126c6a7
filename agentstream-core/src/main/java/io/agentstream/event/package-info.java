/**
 * What happens in a conversation, one record a kind of event.
 *
 * <p>{@link io.agentstream.event.ChatEvent} is at once what a {@link
 * io.agentstream.event.StreamListener} is told, what the journal keeps, and the {@code data} of a
 * frame on the wire. The field names of {@code docs/protocol.md} are the components here in
 * snake_case; nothing mirrors them a second time. The package knows no JSON and no transport.
 */
@NullMarked
package io.agentstream.event;

import org.jspecify.annotations.NullMarked;
