package io.agentstream.spring;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.openai.spring.AutoConfig;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.StreamingToken;
import io.agentstream.test.Eventually;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import io.agentstream.upstream.EventDrivenHttpClient;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** An application whose model comes from langchain4j's own starter for OpenAI. */
class LangChain4jStarterTest {

  private final CountDownLatch released = new CountDownLatch(1);
  private final RecordedEvents events = new RecordedEvents();
  private StubModelServer models;

  @BeforeEach
  void start() {
    models = StubModelServer.start();
    models.enqueue(
        StubAnswer.stream().tokens("It ").stallUntil(released).tokens("is.").finish("stop").done());
  }

  @AfterEach
  void stop() {
    released.countDown();
    models.close();
  }

  private WebApplicationContextRunner application() {
    return AutoConfigurationTest.bare()
        .withConfiguration(AutoConfigurations.of(AutoConfig.class))
        .withUserConfiguration(Debate.class)
        .withPropertyValues(
            "langchain4j.open-ai.streaming-chat-model.base-url=" + models.baseUrl(),
            "langchain4j.open-ai.streaming-chat-model.api-key=a-key",
            "langchain4j.open-ai.streaming-chat-model.model-name=a-model");
  }

  @Test
  void its_model_is_the_agents_in_place_of_that_of_agentstream_model() {
    application()
        .withPropertyValues("agentstream.model.base-url=http://127.0.0.1:1/v1")
        .run(
            context -> {
              assertThat(context)
                  .getBean(StreamingChatModel.class)
                  .isInstanceOf(OpenAiStreamingChatModel.class);
              assertThat(threadsInUseWhileItSpeaks(context)).isEqualTo(1);
              StubRequest request = models.awaitRequest();
              assertThat(request.header("Authorization")).isEqualTo("Bearer a-key");
              assertThat(request.body()).contains("a-model");
            });
  }

  @Test
  void it_needs_no_thread_for_a_stream_with_the_client_that_the_docs_name() {
    application()
        .withUserConfiguration(EventDriven.class)
        .run(context -> assertThat(threadsInUseWhileItSpeaks(context)).isZero());
  }

  /** Returns how many threads of the starter were busy between two tokens of a whole answer. */
  private int threadsInUseWhileItSpeaks(ApplicationContext context) throws Exception {
    context.getBean(GroupChat.class).newConversation("Tea?").inlineListener(events).start();
    Eventually.await("a token has come", () -> !events.of(StreamingToken.class).isEmpty());
    int busy =
        context.getBeansOfType(ThreadPoolTaskExecutor.class).values().stream()
            .mapToInt(ThreadPoolTaskExecutor::getActiveCount)
            .sum();
    released.countDown();
    events.awaitEnd();
    assertThat(events).said("user: Tea?", "Ada: It is.");
    return busy;
  }

  static class Debate {
    @Bean
    GroupChat debate(StreamingChatModel model) {
      Agent ada = Agent.builder("Ada").model(model).build();
      return GroupChat.builder().participants(ada).maxRounds(1).build();
    }
  }

  /** The code of docs/embedding.md. */
  static class EventDriven {
    @Bean
    HttpClientBuilder openAiStreamingChatModelHttpClientBuilder() {
      return EventDrivenHttpClient.builder();
    }
  }
}
