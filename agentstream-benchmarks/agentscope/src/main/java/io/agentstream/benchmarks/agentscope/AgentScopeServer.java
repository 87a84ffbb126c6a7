package io.agentstream.benchmarks.agentscope;

import io.agentscope.core.ReActAgent;
import io.agentscope.core.state.InMemoryAgentStateStore;
import io.agentscope.extensions.model.openai.OpenAIChatModel;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** The same job with AgentScope-Java behind Spring WebFlux, with AgentScope's log and resume. */
@SpringBootApplication
public class AgentScopeServer {

  public static void main(String[] args) {
    // A stream of AgentScope blocks a thread of this pool, whose default is 10 for each core.
    System.setProperty("reactor.schedulers.defaultBoundedElasticSize", "20000");
    SpringApplication.run(AgentScopeServer.class, args);
  }

  /** One agent serves all conversations; each has its own state in the store. */
  @Bean
  ReActAgent agent() {
    return ReActAgent.builder()
        .name("Ann")
        .sysPrompt("You are Ann.")
        .model(
            OpenAIChatModel.builder()
                .baseUrl(System.getenv("OPENAI_BASE_URL"))
                .apiKey("none")
                .modelName("m")
                .stream(true)
                .build())
        .stateStore(new InMemoryAgentStateStore())
        .build();
  }

  @Bean
  EventLog log(@Value("${replay-buffer-size}") int replayBufferSize) {
    return new EventLog(replayBufferSize);
  }

  @EventListener
  void started(WebServerInitializedEvent event) {
    System.out.println("listening on " + event.getWebServer().getPort());
  }
}
