package io.agentstream.examples.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a chat-completions endpoint, with the fields that matter here.
 *
 * @param model the model's name
 * @param messages the prompt, oldest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CompletionRequest(
    String model,
    List<Message> messages,
    boolean stream,
    @JsonProperty("stream_options") @Nullable StreamOptions streamOptions) {

  private static final JsonMapper JSON = new JsonMapper();

  /** A message of the prompt; its content is always plain text here. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Message(String role, String content) {
    boolean isBy(String whom) {
      return role.equals(whom);
    }
  }

  /** The options of a stream: whether a last chunk reports the usage. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record StreamOptions(@JsonProperty("include_usage") boolean includeUsage) {}

  /** Returns the problem of a request, or null. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String reason) {
      super(reason);
    }
  }

  static CompletionRequest parse(byte[] body) throws Invalid {
    CompletionRequest request;
    try {
      request = JSON.readValue(body, CompletionRequest.class);
    } catch (IOException e) {
      throw new Invalid("The body is no chat-completions request.");
    }
    if (request == null || request.model() == null || !request.hasMessages()) {
      throw new Invalid("'model' and 'messages' with a role and a text each are required.");
    }
    if (!request.stream()) {
      throw new Invalid("Only streaming is offered here: set 'stream' to true.");
    }
    return request;
  }

  boolean wantsUsage() {
    return streamOptions != null && streamOptions.includeUsage();
  }

  // Values read by Jackson may be null, regardless of the type.
  @SuppressWarnings("NullAway")
  private boolean hasMessages() {
    return messages != null
        && !messages.isEmpty()
        && messages.stream().allMatch(m -> m != null && m.role() != null && m.content() != null);
  }
}
