package io.agentstream.examples.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what is open for each client address. Safe from any thread. */
final class AddressCount {

  /** A household gets a network of this size, and all addresses in it. */
  private static final int NETWORK_BYTES = 8;

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Returns how many are open for the client with this one. */
  int add(String client) {
    return counts.merge(client, 1, Integer::sum);
  }

  void remove(String client) {
    counts.computeIfPresent(client, (any, count) -> count == 1 ? null : count - 1);
  }

  /** Returns the IP address of a peer; null where there is none. */
  static @Nullable InetAddress addressOf(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress socket ? socket.getAddress() : null;
  }

  /** Returns for whom an address counts: itself, or for IPv6 its network. */
  static String clientAt(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
        : address.getHostAddress();
  }
}
