package io.agentstream.examples.server;

import java.util.List;

/** Ways to write a path that some program takes for the plain one. */
public final class Spellings {

  private Spellings() {}

  /** Of {@code /metrics}. */
  public static List<String> ofMetrics() {
    return List.of(
        "/metrics;x",
        "/metrics;",
        "/metrics;jsessionid=1",
        "/;x/metrics",
        "/x;/../metrics",
        "/%6detrics",
        "/%6Detrics",
        "/m%65trics",
        "/metric%73",
        "/%6d%65%74%72%69%63%73",
        "/%256detrics",
        "/./metrics",
        "/metrics/.",
        "/metrics/./",
        "/metrics/",
        "/metrics//",
        "//metrics",
        "///metrics",
        "/x/../metrics",
        "/x/..;/metrics",
        "/x/%2e%2e/metrics",
        "/%2e/metrics",
        "/x/.%2e/metrics",
        "/..;/metrics",
        "/../metrics",
        "/metrics/..;/metrics",
        "/%2fmetrics",
        "/metrics%2f",
        "/metrics%3b",
        "/metrics%3f",
        "/metrics%00",
        "/metrics%20",
        "/metrics%09",
        "/metrics%23",
        "/\\metrics",
        "/%5cmetrics",
        "/x\\..\\metrics",
        "/METRICS",
        "/Metrics",
        "/metrics.",
        "/metrics.txt",
        "/metrics*",
        "/agentstream/../metrics",
        "/agentstream/..;/metrics",
        "/webjars/%2e%2e/metrics",
        "/metrics%c0%80",
        "/%c0%afmetrics",
        "/%u006detrics",
        "/metrics;/../metrics",
        "/metrics,x",
        "metrics",
        "./metrics");
  }
}
