/**
 * Checks requests before the reference server handles them: {@link
 * io.agentstream.examples.guard.HostGuard} their host names, {@link
 * io.agentstream.examples.guard.RequestGuard} their methods and paths; {@link
 * io.agentstream.examples.guard.ConnectionGuard} bounds connections.
 */
@NullMarked
package io.agentstream.examples.guard;

import org.jspecify.annotations.NullMarked;
