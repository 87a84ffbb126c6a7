/**
 * Puts a {@link io.agentstream.delivery.ConversationHub} behind a WebSocket endpoint of any Jakarta
 * WebSocket 2.1 container; {@link io.agentstream.jakarta.AgentstreamWebSocket} is the door. No
 * class of a container is used. A plain WAR needs no code for it: see {@link
 * io.agentstream.jakarta.HubProvider}.
 *
 * <p>The same jar brings the browser client, which a servlet container serves under {@code
 * /agentstream/}.
 */
@NullMarked
package io.agentstream.jakarta;

import org.jspecify.annotations.NullMarked;
