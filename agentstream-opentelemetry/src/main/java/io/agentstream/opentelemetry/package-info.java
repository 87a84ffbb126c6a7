/**
 * Conversations as OpenTelemetry spans. {@link io.agentstream.opentelemetry.ConversationTracing} is
 * the entry point.
 */
@NullMarked
package io.agentstream.opentelemetry;

import org.jspecify.annotations.NullMarked;
