package io.agentstream.jakarta;

import org.jspecify.annotations.Nullable;

/**
 * Holds the client address of the request that the current thread handles. It is separate from
 * {@link ClientAddressListener} because there are WebSocket containers without servlets.
 */
final class ClientAddress {

  private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

  private ClientAddress() {}

  static void set(String address) {
    CURRENT.set(address);
  }

  static void clear() {
    CURRENT.remove();
  }

  /** Returns the address, or null if it is unknown. */
  static @Nullable String current() {
    return CURRENT.get();
  }
}
