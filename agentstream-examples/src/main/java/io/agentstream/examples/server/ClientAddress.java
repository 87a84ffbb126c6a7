package io.agentstream.examples.server;

import io.agentstream.examples.config.HttpSpec;
import io.agentstream.identity.Handshake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out from which address a viewer comes, where trusted proxies tell of their clients. */
record ClientAddress(HttpSpec http) {

  /**
   * Returns who has connected, or, if that is a trusted proxy, the last address in {@code
   * X-Forwarded-For} that is none: what stands before it, the client may have written itself.
   */
  @Nullable String of(Handshake handshake) {
    String nearest = handshake.remoteAddress();
    String told = String.join(",", handshake.headers().getOrDefault("X-Forwarded-For", List.of()));
    String[] hops = told.split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      if (nearest == null || !http.isTrustedProxy(nearest) || hops[i].isBlank()) {
        return nearest;
      }
      nearest = hops[i].strip();
    }
    return nearest;
  }
}
