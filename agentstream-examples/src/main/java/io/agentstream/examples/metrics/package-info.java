/**
 * Serves the metrics of {@code agentstream-micrometer} and of the JVM at {@code /metrics}. {@link
 * io.agentstream.examples.metrics.Metrics} is the entry point; the README of this module lists the
 * names.
 */
@NullMarked
package io.agentstream.examples.metrics;

import org.jspecify.annotations.NullMarked;
