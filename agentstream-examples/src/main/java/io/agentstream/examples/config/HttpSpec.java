package io.agentstream.examples.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the server meets the network.
 *
 * @param hosts names that it answers for beside this machine's own
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param connections the most plain HTTP connections at once, which WebSockets are not
 * @param connectionsPerAddress the most of them for one address, or one IPv6 network of 64 bits
 * @param request how long a connection may take to send a whole request
 */
public record HttpSpec(
    List<String> hosts,
    List<AddressRange> trustedProxies,
    int connections,
    int connectionsPerAddress,
    Duration request) {

  /** Keeps copies of the lists. */
  public HttpSpec {
    hosts = List.copyOf(hosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** Without the section. */
  public static HttpSpec defaults() {
    return new HttpSpec(List.of(), List.of(), 4_000, 1_000, Duration.ofSeconds(10));
  }

  /** The same with further names. */
  public HttpSpec withHosts(List<String> more) {
    List<String> all = new ArrayList<>(hosts);
    all.addAll(more);
    return new HttpSpec(all, trustedProxies, connections, connectionsPerAddress, request);
  }

  /** Whether an address in digits is that of a trusted proxy. */
  public boolean isTrustedProxy(String address) {
    return trustedProxies.stream().anyMatch(proxies -> proxies.contains(address));
  }
}
