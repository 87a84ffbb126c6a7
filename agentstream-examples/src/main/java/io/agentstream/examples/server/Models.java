package io.agentstream.examples.server;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ModelAccess;
import io.agentstream.examples.config.ModelServer;
import io.agentstream.examples.config.ModelSpec;
import io.agentstream.examples.config.Provider;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.demo.DemoScript;
import io.agentstream.settings.Timeouts;
import io.agentstream.upstream.EnvironmentProxies;
import io.agentstream.upstream.EventDrivenHttpClient;
import io.agentstream.upstream.EventDrivenHttpClientBuilder;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.net.URI;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Creates models, and the demo model server when an agent first needs it. Agents with the same
 * server and model share one model, and with it a connection pool. Not thread-safe.
 */
public final class Models implements AutoCloseable {

  private static final String DEMO_MODEL = "demo";

  private final ModelServer server;
  private final Timeouts timeouts;
  private final Map<String, String> environment;
  private final EnvironmentProxies proxies;
  private final Map<Key, StreamingChatModel> models = new LinkedHashMap<>();
  private final IdentityHashMap<StreamingChatModel, String> labels = new IdentityHashMap<>();
  private final Map<String, AtomicBoolean> temperatureRefused = new HashMap<>();
  private final ModelThreads threads = new ModelThreads();
  private @Nullable CompletionServer demo;

  /**
   * @throws ConfigException if the environment names an invalid proxy
   */
  Models(ModelServer server, Timeouts timeouts, Map<String, String> environment)
      throws ConfigException {
    this.server = server;
    this.timeouts = timeouts;
    this.environment = environment;
    try {
      this.proxies = EnvironmentProxies.of(environment);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the model with these settings.
   *
   * @throws ConfigException if an environment variable that they name is not set
   */
  StreamingChatModel of(ModelSpec model) throws ConfigException {
    ModelAccess access = ModelAccess.of(model, server, environment);
    return models.computeIfAbsent(new Key(access, model), this::connect);
  }

  /** Returns true if the demo model answers for an agent. */
  boolean isDemo() {
    return demo != null;
  }

  /**
   * Returns the name of the default model, or of the first agent's if there is no server for it.
   */
  String defaultModel() {
    if (isDemo()) {
      return DEMO_MODEL;
    }
    return server.baseUrl() != null || models.isEmpty()
        ? server.model()
        : nameOf(models.keySet().iterator().next().model());
  }

  /** Returns the default model, which picks speakers and makes plans; empty for the demo model. */
  Optional<StreamingChatModel> ofServerUnlessDemo() {
    if (server.baseUrl() == null) {
      return Optional.empty();
    }
    ModelAccess access = new ModelAccess(server.baseUrl(), server.apiKey(), Map.of());
    return Optional.of(models.computeIfAbsent(new Key(access, ModelSpec.DEFAULT), this::connect));
  }

  /** Returns the model's name and its server's host, for people; no key, no path. */
  String labelOf(StreamingChatModel model) {
    return labels.getOrDefault(model, "a model");
  }

  /** Returns the problems of the threads that read from model servers; see {@link ModelThreads}. */
  List<String> problems() {
    return threads.problems(System.nanoTime());
  }

  @Override
  public void close() {
    if (demo != null) {
      demo.close();
    }
  }

  private CompletionServer demo() {
    if (demo == null) {
      demo = CompletionServer.start(new DemoScript());
    }
    return demo;
  }

  private StreamingChatModel connect(Key key) {
    Set<Thread> before = ModelThreads.running();
    String label = label(key);
    StreamingChatModel model = build(key, label);
    threads.addAllBut(before);
    labels.put(model, label);
    return model;
  }

  private String label(Key key) {
    String url = key.access().baseUrl();
    return url == null
        ? "the built-in demo model"
        : nameOf(key.model()) + " at " + URI.create(url.strip()).getRawAuthority();
  }

  private String nameOf(ModelSpec model) {
    return Objects.requireNonNullElse(model.name(), server.model());
  }

  private StreamingChatModel build(Key key, String label) {
    return key.model().provider() == Provider.OPENAI
        ? openAi(key)
        : new AdaptingModel(
            ProviderModels.build(key.access(), key.model(), httpClient().keepTimeouts()),
            label,
            temperatureRefused.computeIfAbsent(label, unused -> new AtomicBoolean()));
  }

  private StreamingChatModel openAi(Key key) {
    String url = key.access().baseUrl();
    OpenAiCompatibleModel.Builder model =
        OpenAiCompatibleModel.builder()
            .baseUrl(url == null ? demo().baseUrl() : url)
            .apiKey(key.access().apiKey())
            .modelName(url == null ? DEMO_MODEL : nameOf(key.model()))
            .parameters(key.model().parameters())
            .sendReasoning(key.model().sendReasoning())
            .httpClientBuilder(httpClient());
    key.access().headers().forEach(model::header);
    if (key.model().maxTokensField() != null) {
      model.maxTokensField(key.model().maxTokensField());
    }
    return model.build();
  }

  private EventDrivenHttpClientBuilder httpClient() {
    return EventDrivenHttpClient.builder()
        .readTimeout(timeouts.upstream())
        .proxy(proxies)
        .selectors(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  private record Key(ModelAccess access, ModelSpec model) {}
}
