/**
 * WebSocket clients for tests of a server, on the JDK's HTTP client: {@link
 * io.agentstream.test.socket.TestSocket} sends and receives whole messages, and {@link
 * io.agentstream.test.socket.SocketViewer} is a viewer whose frames wait until a test reads them.
 */
@NullMarked
package io.agentstream.test.socket;

import org.jspecify.annotations.NullMarked;
