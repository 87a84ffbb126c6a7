package io.agentstream.examples.config;

import org.jspecify.annotations.Nullable;

/**
 * Who may read the metrics.
 *
 * @param open true if everybody who reaches the server may read them, not only this machine; never
 *     together with a separate port
 * @param port a separate port, or 0 for any free one; null to serve them on the page's port
 * @param host the address to listen on at that port
 */
public record MetricsSpec(boolean open, @Nullable Integer port, String host) {

  /** Returns the defaults, for a file without this section. */
  public static MetricsSpec defaults() {
    return new MetricsSpec(false, null, "127.0.0.1");
  }
}
