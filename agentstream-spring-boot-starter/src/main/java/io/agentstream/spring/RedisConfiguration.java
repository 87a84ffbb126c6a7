package io.agentstream.spring;

import io.agentstream.backplane.Backplane;
import io.agentstream.redis.RedisBackplane;
import io.agentstream.redis.RedisSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shares conversations with the nodes at the same Redis. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RedisBackplane.class)
@ConditionalOnProperty("agentstream.redis.url")
class RedisConfiguration {

  @Bean
  @ConditionalOnMissingBean(Backplane.class)
  RedisBackplane agentstreamRedis(AgentstreamProperties properties, ApplicationContext beans) {
    Settings settings = new Settings(beans, properties);
    AgentstreamProperties.Redis redis = properties.redis();
    return RedisBackplane.connect(
        RedisSettings.at(String.valueOf(redis.url()))
            .prefix(redis.prefix())
            .lease(redis.lease())
            .holdAfter(redis.holdAfter())
            .keep(redis.keep())
            .commandTimeout(redis.commandTimeout())
            .limits(settings.limits())
            .clock(settings.clock())
            .build());
  }
}
