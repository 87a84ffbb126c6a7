package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.upstream.EventDrivenHttpClient;
import io.agentstream.upstream.EventDrivenHttpClientBuilder;
import io.agentstream.upstream.LenientJson;
import io.agentstream.upstream.UpstreamCalls;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind any server that speaks OpenAI's protocol, as such servers speak it: {@code
 * docs/model-servers.md} lists those it was tried with. It reads tokens from the bytes as they
 * come, parks no thread, and builds no object for an event but its text.
 *
 * <pre>{@code
 * OpenAiCompatibleModel.builder()
 *     .baseUrl("http://localhost:11434/v1")
 *     .modelName("llama3.2")
 *     .build()
 * }</pre>
 *
 * <h2>Answers and failures</h2>
 *
 * A handler gets the pieces of an answer, then exactly one of {@code onCompleteResponse} and {@code
 * onError}, or nothing more after a cancel. Whatever is no answer is an error: a {@link
 * io.agentstream.upstream.ModelServerException} where the server answered with a 2xx, an {@link
 * io.agentstream.upstream.UpstreamHttpException} for any other status, langchain4j's {@code
 * TimeoutException} or an {@link java.io.IOException} where there was no answer. The finish reason
 * is null if the body ended without one and without {@code [DONE]}.
 *
 * <h2>Parameters</h2>
 *
 * If a server refuses the name of the token limit, {@code stream_options}, the temperature, the
 * role system, tool calls without a content beside them, or the model's own thinking, the request
 * is sent again without it. When that is answered, this is remembered for all models of the process
 * with the same base URL and name, and logged once with the setting, if there is one, that says so
 * from the start.
 *
 * <p>Thread-safe. Handlers are called as {@link EventDrivenHttpClient} says. It needs no closing.
 */
public final class OpenAiCompatibleModel implements StreamingChatModel {

  private static final Logger log = LoggerFactory.getLogger(OpenAiCompatibleModel.class);

  private final Connection connection;
  private final ChatRequestParameters defaults;
  private final List<ChatModelListener> listeners;

  private OpenAiCompatibleModel(Builder builder, Endpoint endpoint) {
    boolean newName = endpoint.isOpenAi();
    String tokenLimit = newName ? RequestWriter.MAX_COMPLETION_TOKENS : RequestWriter.MAX_TOKENS;
    this.connection =
        new Connection(
            builder.client == null ? builder.http.build() : builder.client,
            endpoint,
            builder.headers(),
            new RequestWriter(
                Objects.requireNonNullElse(builder.maxTokensField, tokenLimit),
                builder.sendReasoning,
                builder.parameters),
            LearntQuirks.OF_PROCESS,
            new ToolCallIds(),
            log);
    this.defaults = ChatRequestParameters.builder().modelName(builder.modelName).build();
    this.listeners = List.copyOf(builder.listeners);
  }

  /** Begins a model. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    ModelStream stream = new ModelStream(connection, request, handler);
    UpstreamCalls.announce(stream);
    stream.send();
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return defaults;
  }

  @Override
  public List<ChatModelListener> listeners() {
    return listeners;
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OPEN_AI;
  }

  /**
   * Returns what the server has refused so far and the model does without, each in our own words
   * with the setting, if there is one, that says so from the start. Empty at first; it only grows.
   */
  public List<String> refused() {
    return connection.quirks(defaults.modelName()).told();
  }

  /** Names the server and the model, not the key. */
  @Override
  public String toString() {
    return "OpenAiCompatibleModel[" + connection.server() + ", " + defaults.modelName() + "]";
  }

  /** Collects what a model needs. Not thread-safe. */
  public static final class Builder {

    private static final String AUTHORIZATION = "Authorization";

    private @Nullable Endpoint endpoint;
    private @Nullable String apiKey;
    private @Nullable String modelName;
    private @Nullable String maxTokensField;
    private boolean sendReasoning = true;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private ObjectNode parameters = LenientJson.MAPPER.createObjectNode();
    private EventDrivenHttpClientBuilder http = EventDrivenHttpClient.builder();
    private @Nullable EventDrivenHttpClient client;
    private List<ChatModelListener> listeners = List.of();

    private Builder() {}

    /**
     * Names the server, up to what comes before {@code /chat/completions}; required. A query, such
     * as Azure's {@code ?api-version=…}, stays.
     */
    public Builder baseUrl(String baseUrl) {
      try {
        this.endpoint = Endpoint.of(baseUrl);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("The base URL " + e.getMessage());
      }
      return this;
    }

    /** Sends this key as {@code Authorization: Bearer}. None is sent by default, or for a blank. */
    public Builder apiKey(@Nullable String apiKey) {
      this.apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
      return this;
    }

    /** Names the model; required. */
    public Builder modelName(String modelName) {
      this.modelName = Objects.requireNonNull(modelName, "modelName");
      return this;
    }

    /**
     * Sends a header with each request, such as Azure's {@code api-key}; in place of the one that
     * would be sent otherwise.
     *
     * @throws IllegalArgumentException if it is no header that can be set; the value is not quoted
     */
    public Builder header(String name, String value) {
      try {
        HttpRequest.newBuilder().header(name, value);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("The header '" + name + "' cannot be sent");
      }
      headers.keySet().removeIf(name::equalsIgnoreCase);
      headers.put(name, value);
      return this;
    }

    /**
     * Merges these into each request, over what it holds otherwise: {@code reasoning_effort},
     * {@code top_p}, {@code seed}, or what a server takes of its own. A null value takes a field
     * out. Values are what Jackson writes as JSON.
     */
    public Builder parameters(Map<String, ?> parameters) {
      this.parameters = LenientJson.MAPPER.valueToTree(parameters);
      return this;
    }

    /**
     * Names the field for the most tokens of an answer: {@code max_tokens} or {@code
     * max_completion_tokens}. By default the latter for OpenAI's own server and the former for all
     * others; a server that refuses one is sent the other.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public Builder maxTokensField(String name) {
      if (!List.of(RequestWriter.MAX_TOKENS, RequestWriter.MAX_COMPLETION_TOKENS).contains(name)) {
        throw new IllegalArgumentException(
            "must be max_tokens or max_completion_tokens, not '" + name + "'");
      }
      this.maxTokensField = name;
      return this;
    }

    /**
     * Says whether the thinking that came with tool calls goes back with their results, in the
     * field that it came in: some servers refuse the request without it. True by default.
     */
    public Builder sendReasoning(boolean send) {
      this.sendReasoning = send;
      return this;
    }

    /** Makes the calls through a client of these settings; the defaults unless set. */
    public Builder httpClientBuilder(EventDrivenHttpClientBuilder http) {
      this.http = Objects.requireNonNull(http, "http");
      return this;
    }

    /** Makes the calls through this client, which several models may share. */
    public Builder httpClient(EventDrivenHttpClient client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    /** Tells these of each call; none by default. */
    public Builder listeners(List<ChatModelListener> listeners) {
      this.listeners = List.copyOf(listeners);
      return this;
    }

    /**
     * Makes the model. It has connections of its own, unless it was given a client.
     *
     * @throws IllegalStateException if the base URL or the model's name is missing
     */
    public OpenAiCompatibleModel build() {
      if (endpoint == null) {
        throw new IllegalStateException(
            "The model has no base URL: call baseUrl(…), such as https://api.openai.com/v1");
      }
      if (modelName == null || modelName.isBlank()) {
        throw new IllegalStateException("The model has no name: call modelName(…)");
      }
      return new OpenAiCompatibleModel(this, endpoint);
    }

    private Map<String, String> headers() {
      Map<String, String> all = new LinkedHashMap<>();
      boolean ownKey =
          headers.keySet().stream()
              .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals("authorization"));
      if (apiKey != null && !ownKey) {
        all.put(AUTHORIZATION, "Bearer " + apiKey);
      }
      all.putAll(headers);
      return Map.copyOf(all);
    }
  }
}
