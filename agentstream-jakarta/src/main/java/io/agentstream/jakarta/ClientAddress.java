package io.agentstream.jakarta;

import org.jspecify.annotations.Nullable;

/**
 * The address of the request that a thread is at. Apart from {@link ClientAddressListener}, since
 * there are WebSocket containers without servlets.
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

  /** Null where it is not known. */
  static @Nullable String current() {
    return CURRENT.get();
  }
}
