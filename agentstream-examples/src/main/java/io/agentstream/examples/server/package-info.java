/**
 * The reference server: the page, the WebSocket behind it and the agents, in one process. {@link
 * io.agentstream.examples.server.Main} reads what it is told, {@link
 * io.agentstream.examples.server.ReferenceServer} puts the pieces together.
 */
@NullMarked
package io.agentstream.examples.server;

import org.jspecify.annotations.NullMarked;
