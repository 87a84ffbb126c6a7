package io.agentstream.spring;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds the application's tools. */
@Configuration(proxyBeanMethods = false)
class ToolsConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ToolBeans agentstreamToolBeans(ConfigurableListableBeanFactory beans) {
    return new ToolBeans(beans);
  }
}
