/**
 * The metrics of a hub in any Micrometer registry. {@link io.agentstream.micrometer.HubMetrics} is
 * the entry point.
 */
@NullMarked
package io.agentstream.micrometer;

import org.jspecify.annotations.NullMarked;
