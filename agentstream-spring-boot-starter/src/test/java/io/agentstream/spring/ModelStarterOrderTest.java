package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.test.ScriptedModel;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.context.annotation.Bean;

/** Starters of models that agentstream's own does not know by name. */
class ModelStarterOrderTest {

  @Test
  void the_model_of_any_starter_takes_the_place_of_that_of_agentstream_model() {
    AutoConfigurationTest.bare()
        .withConfiguration(AutoConfigurations.of(UnknownStarter.class))
        .withBean("agent", Agent.class, ModelStarterOrderTest::agent)
        .withPropertyValues("agentstream.model.base-url=http://127.0.0.1:1/v1")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(StreamingChatModel.class)
                    .hasBean("modelOfTheStarter"));
  }

  private static Agent agent() {
    return Agent.builder("Ada").model(new ScriptedModel()).build();
  }

  /** Its name comes after that of agentstream's, so it would be processed later. */
  @AutoConfiguration
  static class UnknownStarter {
    @Bean
    StreamingChatModel modelOfTheStarter() {
      return new ScriptedModel();
    }
  }
}
