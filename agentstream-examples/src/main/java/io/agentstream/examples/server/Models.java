package io.agentstream.examples.server;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.agentstream.examples.config.AgentSpec;
import io.agentstream.examples.config.ModelServer;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.demo.DemoScript;
import io.agentstream.settings.Timeouts;
import io.agentstream.upstream.EventDrivenHttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes models, and the demo model server once an agent needs it. Agents with the same server and
 * model share one, and with it a connection pool. Not safe for use by several threads.
 */
public final class Models implements AutoCloseable {

  private static final String DEMO_MODEL = "demo";

  private final ModelServer server;
  private final Timeouts timeouts;
  private final Map<Address, StreamingChatModel> models = new HashMap<>();
  private final ModelThreads threads = new ModelThreads();
  private @Nullable CompletionServer demo;

  Models(ModelServer server, Timeouts timeouts) {
    this.server = server;
    this.timeouts = timeouts;
  }

  StreamingChatModel of(AgentSpec agent) {
    return models.computeIfAbsent(addressOf(agent), this::connect);
  }

  /** The model of agents that name none, which also picks speakers and plans. */
  StreamingChatModel ofServer() {
    String url = server.baseUrl();
    Address address =
        url == null ? new Address(demo().baseUrl(), DEMO_MODEL) : new Address(url, server.model());
    return models.computeIfAbsent(address, this::connect);
  }

  /** Whether the demo model speaks for an agent. */
  boolean isDemo() {
    return demo != null;
  }

  /** The model of agents that name none. */
  String defaultModel() {
    return isDemo() ? DEMO_MODEL : server.model();
  }

  /** Returns what is wrong with the threads that models answer on; see {@link ModelThreads}. */
  List<String> problems() {
    return threads.problems(System.nanoTime());
  }

  @Override
  public void close() {
    if (demo != null) {
      demo.close();
    }
  }

  private Address addressOf(AgentSpec agent) {
    String url = agent.baseUrl() != null ? agent.baseUrl() : server.baseUrl();
    if (url == null) {
      return new Address(demo().baseUrl(), DEMO_MODEL);
    }
    return new Address(url, Objects.requireNonNullElse(agent.model(), server.model()));
  }

  private CompletionServer demo() {
    if (demo == null) {
      demo = CompletionServer.start(new DemoScript());
    }
    return demo;
  }

  private StreamingChatModel connect(Address address) {
    Set<Thread> before = ModelThreads.running();
    StreamingChatModel model = build(address);
    threads.addAllBut(before);
    return model;
  }

  private StreamingChatModel build(Address address) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(address.baseUrl())
        .apiKey(server.apiKey())
        .modelName(address.model())
        .returnThinking(true)
        .httpClientBuilder(httpClient())
        .build();
  }

  private HttpClientBuilder httpClient() {
    return EventDrivenHttpClient.builder()
        .readTimeout(timeouts.upstream())
        .keepTimeouts()
        .selectors(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  private record Address(String baseUrl, String model) {}
}
