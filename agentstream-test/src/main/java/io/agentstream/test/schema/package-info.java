/**
 * Validates frames against the protocol's JSON Schema, which agentstream-core publishes under
 * {@code META-INF/agentstream/protocol/v1}.
 */
@NullMarked
package io.agentstream.test.schema;

import org.jspecify.annotations.NullMarked;
