/**
 * From a conversation to its viewers, free of any transport.
 *
 * <p>Every event of a conversation is appended to its {@link io.agentstream.delivery.Journal
 * journal} and gets a sequence number there. A viewer is nothing but a position in that journal:
 * its {@code Subscription} reads the next event whenever its socket has taken the one before, so a
 * slow viewer costs no memory, many tokens it is behind by become one frame, and joining again is
 * starting from another position. One {@code OutboundQueue} per connection has one send under way
 * at the most.
 *
 * <p>{@link io.agentstream.delivery.ConversationHub} is the door; an adapter gives it a {@link
 * io.agentstream.delivery.Transport} for each connection.
 */
@NullMarked
package io.agentstream.delivery;

import org.jspecify.annotations.NullMarked;
