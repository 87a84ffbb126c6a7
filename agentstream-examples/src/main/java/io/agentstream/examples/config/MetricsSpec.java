package io.agentstream.examples.config;

import org.jspecify.annotations.Nullable;

/**
 * Who may read the metrics.
 *
 * @param open whether everybody who reaches the server may, not this machine alone; never together
 *     with a port of their own
 * @param port their own port, 0 for any free one; null to serve them on that of the page
 * @param host the address to listen at on that port
 */
public record MetricsSpec(boolean open, @Nullable Integer port, String host) {

  /** Without the section. */
  public static MetricsSpec defaults() {
    return new MetricsSpec(false, null, "127.0.0.1");
  }
}
