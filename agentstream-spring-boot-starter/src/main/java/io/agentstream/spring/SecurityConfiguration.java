package io.agentstream.spring;

import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes Spring Security's principal as the user. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.security.web.SecurityFilterChain")
class SecurityConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Authenticator agentstreamAuthenticator(AgentstreamProperties properties) {
    boolean anonymous = Boolean.TRUE.equals(properties.anonymous());
    return Authenticator.byHandshake(handshake -> authenticate(handshake, anonymous));
  }

  private static Authentication authenticate(Handshake handshake, boolean anonymous) {
    String principal = handshake.principal();
    if (principal != null) {
      return Authentication.of(principal);
    }
    return anonymous ? Authentication.anonymous() : Authentication.refused();
  }
}
