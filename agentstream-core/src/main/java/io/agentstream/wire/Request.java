package io.agentstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * A message from a viewer.
 *
 * @param id the viewer's id for it, which the reply carries, or null
 * @param command the command
 */
public record Request(@Nullable String id, ClientCommand command) {}
