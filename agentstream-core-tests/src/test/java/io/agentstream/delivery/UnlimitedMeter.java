package io.agentstream.delivery;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.time.ChatClock;

/** Makes meters for tests in which nothing runs out. */
final class UnlimitedMeter {

  private UnlimitedMeter() {}

  static ConversationMeter on(ChatClock clock) {
    Limits limits = Limits.defaults();
    Quotas quotas = Quotas.none();
    Admission admission = new Admission(limits, quotas, clock);
    return Meters.of(limits, quotas, clock, admission, Runnable::run).open(Party.APPLICATION);
  }
}
