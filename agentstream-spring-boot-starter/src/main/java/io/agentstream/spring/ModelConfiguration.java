package io.agentstream.spring;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes a model from properties, unless the application or a starter of langchain4j has one. */
@Configuration(proxyBeanMethods = false)
class ModelConfiguration {

  @Bean
  @ConditionalOnMissingBean(StreamingChatModel.class)
  @ConditionalOnProperty("agentstream.model.base-url")
  StreamingChatModel agentstreamModel(AgentstreamProperties properties) {
    AgentstreamProperties.Model model = properties.model();
    return OpenAiCompatibleModel.builder()
        .baseUrl(String.valueOf(model.baseUrl()))
        .apiKey(model.apiKey())
        .modelName(model.name())
        .build();
  }
}
