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
import org.springframework.context.annotation.Configuration;

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
  JdbcStore agentstreamFolderStore(AgentstreamProperties properties) {
    return JdbcStore.inFolder(Path.of(String.valueOf(properties.store().folder())));
  }

  /** Of two nodes that share Redis, none keeps conversations for itself. */
  @Bean
  @ConditionalOnSingleCandidate(DataSource.class)
  @ConditionalOnMissingBean(Store.class)
  @ConditionalOnProperty(
      prefix = "agentstream.redis",
      name = "url",
      matchIfMissing = true,
      havingValue = "none")
  JdbcStore agentstreamStore(DataSource source) {
    return JdbcStore.of(source);
  }
}
