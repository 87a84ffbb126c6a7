/**
 * The reference server: the page, its WebSocket and the agents, in one process. {@link
 * io.agentstream.examples.server.ServerCommand} reads the settings, and {@link
 * io.agentstream.examples.server.ReferenceServer} assembles the parts.
 */
@NullMarked
package io.agentstream.examples.server;

import org.jspecify.annotations.NullMarked;
