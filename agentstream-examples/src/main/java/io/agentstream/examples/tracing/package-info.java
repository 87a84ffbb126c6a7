/**
 * What conversations do as OpenTelemetry spans, for whoever has an exporter configured. {@link
 * io.agentstream.examples.tracing.Tracing} is the way in; {@code GenAi} holds all names.
 */
@NullMarked
package io.agentstream.examples.tracing;

import org.jspecify.annotations.NullMarked;
