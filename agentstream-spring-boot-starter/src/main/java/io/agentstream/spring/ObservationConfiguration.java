package io.agentstream.spring;

import io.agentstream.micrometer.HubObservations;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Observes conversations in the application's registry, unless agentstream-opentelemetry traces
 * them: both would make each span twice.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({HubObservations.class, ObservationRegistry.class})
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnMissingBean(type = "io.agentstream.opentelemetry.ConversationTracing")
class ObservationConfiguration {

  @Bean
  @ConditionalOnMissingBean
  HubObservations agentstreamObservations(ObservationRegistry registry) {
    return new HubObservations(registry);
  }
}
