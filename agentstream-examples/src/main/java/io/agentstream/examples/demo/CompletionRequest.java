package io.agentstream.examples.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
    @JsonProperty("stream_options") @Nullable StreamOptions streamOptions,
    @JsonProperty("tools") List<ToolEntry> toolEntries) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Creates a request without tools. */
  public CompletionRequest(
      String model, List<Message> messages, boolean stream, @Nullable StreamOptions options) {
    this(model, messages, stream, options, List.of());
  }

  /** Values read by Jackson may be null, regardless of the type. */
  @SuppressWarnings("NullAway")
  public CompletionRequest {
    toolEntries = toolEntries == null ? List.of() : toolEntries;
  }

  List<Tool> tools() {
    return toolEntries.stream().map(ToolEntry::function).toList();
  }

  /** A tool as OpenAI lists it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ToolEntry(Tool function) {}

  /**
   * A tool.
   *
   * @param parameters the JSON Schema of its arguments
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Tool(String name, String description, JsonNode parameters) {
    /** Values read by Jackson may be null, regardless of the type. */
    @SuppressWarnings("NullAway")
    public Tool {
      description = description == null ? "" : description;
      parameters = parameters == null ? MissingNode.getInstance() : parameters;
    }
  }

  /** A message of the prompt; its content is plain text here, empty for a tool call alone. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Message(String role, String content) {
    /** Values read by Jackson may be null, regardless of the type. */
    @SuppressWarnings("NullAway")
    public Message {
      content = content == null && "assistant".equals(role) ? "" : content;
    }

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
