package io.agentstream.spring;

import io.agentstream.hub.ConversationHub;
import io.agentstream.jakarta.AgentstreamInitializer;
import io.agentstream.jakarta.ClientAddressListener;
import io.agentstream.jakarta.LoginSessions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the endpoint and what it needs in the servlet context. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ClientAddressListener agentstreamClientAddress() {
    return new ClientAddressListener();
  }

  @Bean
  @ConditionalOnMissingBean
  LoginSessions agentstreamLoginSessions() {
    return new LoginSessions();
  }

  @Bean
  ServletContextInitializer agentstreamBrowserClient() {
    return AgentstreamInitializer::serveDeclarations;
  }

  @Bean
  EndpointRegistration agentstreamEndpoint(
      AgentstreamProperties properties, ConversationHub hub, LoginSessions logins) {
    return new EndpointRegistration(properties.path(), hub, logins);
  }
}
