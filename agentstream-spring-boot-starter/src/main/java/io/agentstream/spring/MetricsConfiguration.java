package io.agentstream.spring;

import io.agentstream.micrometer.HubMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the hub's metrics; Boot binds them to the application's registries. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({HubMetrics.class, MeterRegistry.class})
@ConditionalOnBean(MeterRegistry.class)
class MetricsConfiguration {

  @Bean
  @ConditionalOnMissingBean
  HubMetrics agentstreamMetrics() {
    return new HubMetrics();
  }
}
