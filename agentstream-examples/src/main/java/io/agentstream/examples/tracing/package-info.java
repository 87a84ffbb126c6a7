/**
 * Exports the spans of {@code agentstream-opentelemetry} where an exporter is configured. {@link
 * io.agentstream.examples.tracing.Tracing} is the entry point.
 */
@NullMarked
package io.agentstream.examples.tracing;

import org.jspecify.annotations.NullMarked;
