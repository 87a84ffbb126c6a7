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
 * A model on any server that speaks OpenAI's protocol. It tolerates the servers' deviations from
 * the protocol; {@code docs/model-servers.md} lists the servers that were tested. It reads tokens
 * from the bytes as they arrive, blocks no thread, and creates one object for each event, its text.
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
 * onError}. After a cancel it gets nothing more. A response without an answer is an error: a {@link
 * io.agentstream.upstream.ModelServerException} if its status was a 2xx, an {@link
 * io.agentstream.upstream.UpstreamHttpException} for any other status. If there was no response,
 * the error is langchain4j's {@code TimeoutException} or an {@link java.io.IOException}. The finish
 * reason is null if the body ended with neither a finish reason nor {@code [DONE]}.
 *
 * <h2>Parameters</h2>
 *
 * If a server refuses the name of the token limit, {@code stream_options}, the temperature, the
 * role system, tool calls without a content beside them, or the model's own thinking, the model
 * sends the request again without it. If the server answers the second request, all models of the
 * process with the same base URL and name leave that parameter out from then on. The log says so
 * once, with the setting, if there is one, that leaves it out from the start.
 *
 * <p>Thread-safe. {@link EventDrivenHttpClient} documents the threads on which handlers are called.
 * The model need not be closed.
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

  /** Returns a builder for a model. */
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
   * Returns the parameters that the server has refused so far and that the model leaves out. Each
   * is a sentence of ours with the setting, if there is one, that leaves it out from the start. The
   * list is empty at first and only grows.
   */
  public List<String> refused() {
    return connection.quirks(defaults.modelName()).told();
  }

  /** Returns a text with the server and the model, without the key. */
  @Override
  public String toString() {
    return "OpenAiCompatibleModel[" + connection.server() + ", " + defaults.modelName() + "]";
  }

  /** Builds an {@link OpenAiCompatibleModel}. Not thread-safe. */
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
     * Sets the server's URL up to the part before {@code /chat/completions}; required. A query,
     * such as Azure's {@code ?api-version=…}, is kept.
     */
    public Builder baseUrl(String baseUrl) {
      try {
        this.endpoint = Endpoint.of(Objects.requireNonNull(baseUrl, "baseUrl"));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("The base URL " + e.getMessage());
      }
      return this;
    }

    /**
     * Sets the key, which is sent as {@code Authorization: Bearer}; none by default or if blank.
     */
    public Builder apiKey(@Nullable String apiKey) {
      this.apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
      return this;
    }

    /** Sets the model's name; required. */
    public Builder modelName(String modelName) {
      this.modelName = Objects.requireNonNull(modelName, "modelName");
      return this;
    }

    /**
     * Adds a header to each request, such as Azure's {@code api-key}. It replaces a header of the
     * same name.
     *
     * @throws IllegalArgumentException if such a header cannot be sent; the message does not quote
     *     the value
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
     * Sets further fields of each request: {@code reasoning_effort}, {@code top_p}, {@code seed},
     * or fields that only this server knows. They replace fields of the same name; a null value
     * removes the field. Jackson writes the values as JSON.
     */
    public Builder parameters(Map<String, ?> parameters) {
      this.parameters = LenientJson.MAPPER.valueToTree(parameters);
      return this;
    }

    /**
     * Sets the name of the field for the maximum number of tokens in an answer: {@code max_tokens}
     * or {@code max_completion_tokens}. The default is {@code max_completion_tokens} for OpenAI's
     * own server and {@code max_tokens} for all others. If a server refuses one, the model sends
     * the other.
     *
     * @throws IllegalArgumentException if the name is neither of them
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
     * Sets whether the model's thinking before tool calls is sent back with their results, in the
     * field in which it came; default true. Some servers refuse the results without it.
     */
    public Builder sendReasoning(boolean send) {
      this.sendReasoning = send;
      return this;
    }

    /** Sets the builder of the HTTP client; by default a client with default settings. */
    public Builder httpClientBuilder(EventDrivenHttpClientBuilder http) {
      this.http = Objects.requireNonNull(http, "http");
      return this;
    }

    /** Sets the HTTP client, which several models may share. */
    public Builder httpClient(EventDrivenHttpClient client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    /** Sets the listeners for calls; default none. */
    public Builder listeners(List<ChatModelListener> listeners) {
      this.listeners = List.copyOf(listeners);
      return this;
    }

    /**
     * Returns the model. It has connections of its own unless a client was set.
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
