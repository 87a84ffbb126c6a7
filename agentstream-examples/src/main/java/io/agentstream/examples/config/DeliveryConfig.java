package io.agentstream.examples.config;

import java.time.Duration;

/**
 * How conversations reach viewers.
 *
 * @param flushInterval how long tokens may wait for more to leave with
 * @param originalDialect whether connections without a subprotocol are taken
 */
public record DeliveryConfig(Duration flushInterval, boolean originalDialect) {

  /** No token waits, and the original dialect is not spoken. */
  public static DeliveryConfig defaults() {
    return new DeliveryConfig(Duration.ZERO, false);
  }
}
