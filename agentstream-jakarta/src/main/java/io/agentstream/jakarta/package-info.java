/**
 * Serves a {@link io.agentstream.hub.ConversationHub} through a WebSocket endpoint of any Jakarta
 * WebSocket 2.1 container. {@link io.agentstream.jakarta.AgentstreamWebSocket} is the entry point.
 * No container's own classes are used. A plain WAR registers the endpoint without code: see {@link
 * io.agentstream.jakarta.HubProvider}.
 *
 * <p>The same jar contains the browser client, which a servlet container serves under {@code
 * /agentstream/}.
 */
@NullMarked
package io.agentstream.jakarta;

import org.jspecify.annotations.NullMarked;
