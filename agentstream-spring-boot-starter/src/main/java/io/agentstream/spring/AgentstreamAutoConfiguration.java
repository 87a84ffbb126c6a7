package io.agentstream.spring;

import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Serves the application's agents and teams at a WebSocket endpoint. It takes:
 *
 * <ul>
 *   <li>beans of type {@code Agent}, in the order of {@code @Order}, as the catalogue of agents;
 *   <li>beans of type {@code GroupChat} as teams, by the names of the beans;
 *   <li>beans of type {@code SpeakerSelector} as the selections for viewers;
 *   <li>the team file of {@code agentstream.teams}. In it {@code models} may be named after beans
 *       of type {@code StreamingChatModel}, and {@code custom} tools after beans with {@code @Tool}
 *       methods;
 *   <li>beans of type {@code Authenticator}, {@code ConversationAccess}, {@code DeliveryListener},
 *       {@code ChatClock}, {@code Limits}, {@code Quotas}, {@code Timeouts}, {@code Store} and
 *       {@code Backplane}, in place of its own;
 *   <li>beans of type {@link HubCustomizer} for all other settings of the hub.
 * </ul>
 *
 * <p>A bean of type {@code ConversationHub} takes the place of all that. The class names of Boot's
 * auto-configurations are given as text because Boot 4 has moved them. The order lets every starter
 * of a model go first, whatever its auto-configuration is called.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration",
      "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration"
    })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ServletContext.class, ServerContainer.class})
@ConditionalOnProperty(prefix = "agentstream", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(AgentstreamProperties.class)
@Import({
  ModelConfiguration.class,
  ToolsConfiguration.class,
  TeamsConfiguration.class,
  StoreConfiguration.class,
  RedisConfiguration.class,
  SecurityConfiguration.class,
  MetricsConfiguration.class,
  TracingConfiguration.class,
  ObservationConfiguration.class,
  HubConfiguration.class,
  EndpointConfiguration.class,
  HttpConfiguration.class,
  Boot3HealthConfiguration.class,
  Boot4HealthConfiguration.class
})
public final class AgentstreamAutoConfiguration {

  /** Runs before any bean exists, so that the first mistake that is reported is the cause. */
  @Bean
  static UnknownProperties agentstreamUnknownProperties(Environment environment) {
    return new UnknownProperties(environment);
  }
}
