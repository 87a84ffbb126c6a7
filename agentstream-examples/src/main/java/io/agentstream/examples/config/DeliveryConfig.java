package io.agentstream.examples.config;

import java.time.Duration;

/**
 * The settings for delivery to viewers.
 *
 * @param flushInterval how long tokens may wait for further tokens, to share a frame
 * @param originalDialect true if connections without a subprotocol are accepted
 * @param presence true if viewers who take part see who is here
 */
public record DeliveryConfig(Duration flushInterval, boolean originalDialect, boolean presence) {

  /** The defaults: no token waits, the original dialect is not spoken, and presence is shown. */
  public static DeliveryConfig defaults() {
    return new DeliveryConfig(Duration.ZERO, false, true);
  }
}
