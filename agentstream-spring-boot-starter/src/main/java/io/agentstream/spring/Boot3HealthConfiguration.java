package io.agentstream.spring;

import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.HubHealth;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows the hub's health in the actuator of Boot 3. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HealthIndicator.class)
class Boot3HealthConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "agentstreamHealthIndicator")
  HealthIndicator agentstreamHealthIndicator(ConversationHub hub) {
    // The first call begins the observation.
    HubHealth unused = hub.health();
    return () -> healthOf(hub.health());
  }

  private static Health healthOf(HubHealth health) {
    return health.isHealthy()
        ? Health.up().build()
        : Health.down().withDetail("problems", health.problems()).build();
  }
}
