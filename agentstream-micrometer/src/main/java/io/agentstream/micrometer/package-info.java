/**
 * The metrics of a hub in any Micrometer registry, and its observations. The entry points are
 * {@link io.agentstream.micrometer.HubMetrics} and {@link
 * io.agentstream.micrometer.HubObservations}.
 */
@NullMarked
package io.agentstream.micrometer;

import org.jspecify.annotations.NullMarked;
