/**
 * What the server counts, and {@code /metrics}, where it tells it. {@link
 * io.agentstream.examples.metrics.Metrics} is the way in. The names stand in {@code MetricNames}
 * and, for users, in the README of this module.
 */
@NullMarked
package io.agentstream.examples.metrics;

import org.jspecify.annotations.NullMarked;
