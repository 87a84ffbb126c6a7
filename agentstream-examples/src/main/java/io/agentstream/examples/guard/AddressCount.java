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

/** Counts the open connections of each client address. Thread-safe. */
final class AddressCount {

  /** The size of network that a provider assigns to one customer. */
  private static final int NETWORK_BYTES = 8;

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Returns the number of open connections of the client at this address. */
  int add(String client) {
    return counts.merge(client, 1, Integer::sum);
  }

  void remove(String client) {
    counts.computeIfPresent(client, (any, count) -> count == 1 ? null : count - 1);
  }

  /** Returns the IP address of a peer, or null. */
  static @Nullable InetAddress addressOf(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress socket ? socket.getAddress() : null;
  }

  /** Returns the key under which an address counts: the address itself, or for IPv6 its network. */
  static String clientAt(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
        : address.getHostAddress();
  }
}
