package io.agentstream.examples.config;

import java.time.Duration;

/**
 * The settings for delivery to viewers.
 *
 * @param flushInterval how long tokens may wait for further tokens, to share a frame
 * @param originalDialect true if connections without a subprotocol are accepted
 */
public record DeliveryConfig(Duration flushInterval, boolean originalDialect) {

  /** The defaults: no token waits, and the original dialect is not spoken. */
  public static DeliveryConfig defaults() {
    return new DeliveryConfig(Duration.ZERO, false);
  }
}
