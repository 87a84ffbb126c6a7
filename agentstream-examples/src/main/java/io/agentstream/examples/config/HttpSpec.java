package io.agentstream.examples.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's network settings.
 *
 * @param hosts its host names besides this machine's own
 * @param trustedProxies the proxies whose {@code X-Forwarded-For} is believed
 * @param connections the maximum number of open HTTP connections, not counting WebSockets
 * @param connectionsPerAddress the maximum for one address, or one IPv6 network of 64 bits
 * @param request how long a connection may take to send a whole request
 * @param formats the formats for other front ends
 */
public record HttpSpec(
    List<String> hosts,
    List<AddressRange> trustedProxies,
    int connections,
    int connectionsPerAddress,
    Duration request,
    FormatsSpec formats) {

  /** Creates settings with all formats. */
  public HttpSpec(
      List<String> hosts,
      List<AddressRange> trustedProxies,
      int connections,
      int connectionsPerAddress,
      Duration request) {
    this(
        hosts, trustedProxies, connections, connectionsPerAddress, request, FormatsSpec.defaults());
  }

  /** Keeps copies of the lists. */
  public HttpSpec {
    hosts = List.copyOf(hosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** Returns the defaults, for a file without this section. */
  public static HttpSpec defaults() {
    return new HttpSpec(List.of(), List.of(), 4_000, 1_000, Duration.ofSeconds(10));
  }

  /** Returns the same settings with further names. */
  public HttpSpec withHosts(List<String> more) {
    List<String> all = new ArrayList<>(hosts);
    all.addAll(more);
    return new HttpSpec(all, trustedProxies, connections, connectionsPerAddress, request, formats);
  }

  /** Returns true if the IP address is that of a trusted proxy. */
  public boolean isTrustedProxy(String address) {
    return trustedProxies.stream().anyMatch(proxies -> proxies.contains(address));
  }
}
