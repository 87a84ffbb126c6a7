package io.agentstream.spring;

import io.agentstream.opentelemetry.ConversationTracing;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces conversations; needs agentstream-opentelemetry. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ConversationTracing.class, OpenTelemetry.class})
@ConditionalOnBean(OpenTelemetry.class)
class TracingConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ConversationTracing agentstreamTracing(OpenTelemetry openTelemetry) {
    return new ConversationTracing(openTelemetry);
  }
}
