package io.agentstream.spring;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import org.springframework.context.ApplicationContext;

/** Settings that are beans or, without one, properties. */
record Settings(ApplicationContext beans, AgentstreamProperties properties) {

  Limits limits() {
    return beans.getBeanProvider(Limits.class).getIfUnique(properties.limits()::toLimits);
  }

  Quotas quotas() {
    return beans.getBeanProvider(Quotas.class).getIfUnique(properties.quotas()::toQuotas);
  }

  Timeouts timeouts() {
    return beans.getBeanProvider(Timeouts.class).getIfUnique(properties.timeouts()::toTimeouts);
  }

  ChatClock clock() {
    return beans.getBeanProvider(ChatClock.class).getIfUnique(ChatClock::system);
  }
}
