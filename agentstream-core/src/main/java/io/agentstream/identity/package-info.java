/**
 * Who a viewer is and what they may see: what a server tells a {@link
 * io.agentstream.delivery.ConversationHub} about that, free of any transport.
 *
 * <p>{@link io.agentstream.identity.Authenticator} says who a viewer is, {@link
 * io.agentstream.identity.ConversationAccess} what they may do with a conversation, {@link
 * io.agentstream.identity.AllowedOrigins} which pages may connect at all, {@link
 * io.agentstream.identity.AllowedHosts} under which names. Nothing here logs or prints a token, a
 * cookie or a header.
 */
@NullMarked
package io.agentstream.identity;

import org.jspecify.annotations.NullMarked;
