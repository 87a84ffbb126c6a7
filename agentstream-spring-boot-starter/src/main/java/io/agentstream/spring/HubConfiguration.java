package io.agentstream.spring;

import io.agentstream.hub.ConversationHub;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the hub, and shuts it down in order. */
@Configuration(proxyBeanMethods = false)
class HubConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ConversationHub conversationHub(ApplicationContext beans, AgentstreamProperties properties) {
    return new HubFactory(beans, properties).create();
  }

  @Bean
  HubDrain agentstreamHubDrain(ConversationHub hub) {
    return new HubDrain(hub);
  }
}
