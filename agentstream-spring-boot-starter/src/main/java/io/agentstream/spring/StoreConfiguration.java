package io.agentstream.spring;

import io.agentstream.backplane.Backplane;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.store.Store;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Keeps conversations in the application's database or in a folder. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({JdbcStore.class, DataSource.class})
@ConditionalOnProperty(
    prefix = "agentstream.store",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@ConditionalOnMissingBean({Store.class, Backplane.class})
class StoreConfiguration {

  @Bean
  @ConditionalOnProperty("agentstream.store.folder")
  @Conditional(OneNode.class)
  JdbcStore agentstreamFolderStore(AgentstreamProperties properties) {
    return JdbcStore.inFolder(Path.of(String.valueOf(properties.store().folder())));
  }

  @Bean
  @ConditionalOnSingleCandidate(DataSource.class)
  @ConditionalOnMissingBean(Store.class)
  @Conditional(OneNode.class)
  JdbcStore agentstreamStore(DataSource source) {
    return JdbcStore.of(source);
  }

  /** Only on demand, because an application's database is often one that nodes cannot share. */
  @Bean
  @ConditionalOnSingleCandidate(DataSource.class)
  @ConditionalOnMissingBean(Store.class)
  @ConditionalOnProperty({"agentstream.redis.url", "agentstream.store.enabled"})
  JdbcStore agentstreamStoreOfNodes(DataSource source) {
    return JdbcStore.ofNodes(source);
  }

  /** Matches if no Redis connects this node with others. */
  static final class OneNode implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().containsProperty("agentstream.redis.url");
    }
  }
}
