/**
 * Connects one viewer: an adapter implements {@link io.agentstream.viewer.Transport} and calls
 * {@link io.agentstream.viewer.ViewerConnection}. {@link io.agentstream.viewer.DeliveryListener}
 * and {@link io.agentstream.viewer.HubLoad} tell what goes on.
 */
@NullMarked
package io.agentstream.viewer;

import org.jspecify.annotations.NullMarked;
