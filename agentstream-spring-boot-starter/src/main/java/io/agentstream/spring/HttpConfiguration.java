package io.agentstream.spring;

import io.agentstream.http.AgentstreamHttp;
import io.agentstream.http.door.HttpFront;
import io.agentstream.hub.ConversationHub;
import jakarta.servlet.ServletContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves the hub over plain HTTP as well; needs agentstream-http. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(AgentstreamHttp.class)
@ConditionalOnProperty("agentstream.http.enabled")
class HttpConfiguration {

  @Bean
  ServletContextInitializer agentstreamHttp(AgentstreamProperties properties, ConversationHub hub) {
    return context -> register(context, properties.http().prefix(), hub);
  }

  private static void register(ServletContext context, String prefix, ConversationHub hub) {
    AgentstreamHttp.doors(HttpFront.of(hub))
        .forEach((path, door) -> AgentstreamHttp.register(context, prefix + path, door));
  }
}
