/**
 * Authentication and access control of a {@link io.agentstream.hub.ConversationHub}, independent of
 * any transport.
 *
 * <p>{@link io.agentstream.identity.Authenticator} identifies a viewer, {@link
 * io.agentstream.identity.ConversationAccess} decides on rights in a conversation, {@link
 * io.agentstream.identity.AllowedOrigins} on the pages that may connect, and {@link
 * io.agentstream.identity.AllowedHosts} on the server's host names. No class here logs or prints a
 * token, a cookie or a header.
 */
@NullMarked
package io.agentstream.identity;

import org.jspecify.annotations.NullMarked;
