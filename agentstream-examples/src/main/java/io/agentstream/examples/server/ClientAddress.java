package io.agentstream.examples.server;

import io.agentstream.examples.config.AddressRange;
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
      String before = AddressRange.addressIn(hops[i].strip());
      // A hop without an address counts for the proxy that names it, or each of its spellings would
      // count for itself.
      if (nearest == null || !http.isTrustedProxy(nearest) || before == null) {
        return nearest;
      }
      nearest = before;
    }
    return nearest;
  }
}
