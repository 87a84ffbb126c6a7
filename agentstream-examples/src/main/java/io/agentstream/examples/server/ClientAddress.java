package io.agentstream.examples.server;

import io.agentstream.examples.config.HttpSpec;
import io.agentstream.identity.Handshake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Determines a viewer's address, behind trusted proxies too. */
record ClientAddress(HttpSpec http) {

  /**
   * Returns the connected address or, if that is a trusted proxy, the last address in {@code
   * X-Forwarded-For} that is not one. The client may have forged the addresses before it.
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
