package io.agentstream.hub;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.internal.Admission;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.viewer.internal.Party;

/** Makes meters for tests in which nothing runs out. */
final class UnlimitedMeter {

  private UnlimitedMeter() {}

  static ConversationMeter on(ChatClock clock) {
    HubSettings settings =
        new HubSettings(
            Timeouts.defaults(), Limits.defaults(), Quotas.none(), clock, Runnable::run, null);
    Admission admission = new Admission(settings.limits(), settings.quotas(), clock);
    return ConversationMeter.open(Meters.of(settings, admission, id -> false), Party.APPLICATION);
  }
}
