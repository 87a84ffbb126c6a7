package io.agentstream.viewer.internal;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.DeliveryListener;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all parts of a hub share.
 *
 * @param executor runs code that may block
 * @param listener never throws; null if there is none, which costs nothing
 */
public record HubSettings(
    Timeouts timeouts,
    Limits limits,
    Quotas quotas,
    ChatClock clock,
    Executor executor,
    @Nullable DeliveryListener listener) {

  /** Returns the same with another clock. */
  public HubSettings on(ChatClock other) {
    return new HubSettings(timeouts, limits, quotas, other, executor, listener);
  }
}
