/**
 * Guards the reference server's front: {@link io.agentstream.examples.guard.HostGuard} knows its
 * names, {@link io.agentstream.examples.guard.RequestGuard} its methods and paths, {@link
 * io.agentstream.examples.guard.ConnectionGuard} bounds its connections.
 */
@NullMarked
package io.agentstream.examples.guard;

import org.jspecify.annotations.NullMarked;
