package io.agentstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * A message from a viewer.
 *
 * @param id the viewer's own name for it, which the answer carries; null where it gave none
 * @param command what it asks
 */
public record Request(@Nullable String id, ClientCommand command) {}
