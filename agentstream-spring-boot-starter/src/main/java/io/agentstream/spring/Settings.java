package io.agentstream.spring;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;

/** Settings that are beans or, without one, properties. */
record Settings(ApplicationContext beans, AgentstreamProperties properties) {

  Limits limits() {
    return beans
        .getBeanProvider(Limits.class)
        .getIfUnique(() -> inRange("limits", properties.limits()::toLimits));
  }

  Quotas quotas() {
    return beans
        .getBeanProvider(Quotas.class)
        .getIfUnique(() -> inRange("quotas", properties.quotas()::toQuotas));
  }

  Timeouts timeouts() {
    return beans
        .getBeanProvider(Timeouts.class)
        .getIfUnique(() -> inRange("timeouts", properties.timeouts()::toTimeouts));
  }

  ChatClock clock() {
    return beans.getBeanProvider(ChatClock.class).getIfUnique(ChatClock::system);
  }

  private static <T> T inRange(String group, Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException outOfRange) {
      throw new StartFailure("agentstream." + group + ": " + outOfRange.getMessage(), outOfRange);
    }
  }
}
