package io.agentstream.http.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.http.door.FormatJson;
import io.agentstream.http.openai.CompletionRequest.Role;
import io.agentstream.http.openai.CompletionRequest.Said;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests for chat completions. It ignores fields that only tune a model, because the
 * agents' models are configured on the server, and refuses those that ask for an answer of another
 * kind. Thread-safe.
 */
final class RequestReader {

  private static final int MAX_NAME_CHARS = 128;

  private final OpenAiSettings settings;
  private final MessageReader messages = new MessageReader();

  RequestReader(OpenAiSettings settings) {
    this.settings = settings;
  }

  /**
   * @param body the body of the request
   * @throws RefusedRequest if the request is invalid or asks for something that no team can do
   */
  CompletionRequest read(String body) throws RefusedRequest {
    RequestFields fields = new RequestFields(parse(body), "");
    refuseOtherKinds(fields);
    String model = fields.text("model", MAX_NAME_CHARS);
    if (model == null) {
      throw fields.wrong("model", "is missing: GET /v1/models lists the teams and agents");
    }
    List<Said> said = messages(fields);
    int last = said.size() - 1;
    while (last >= 0 && said.get(last).role() == Role.SYSTEM) {
      last--;
    }
    if (last < 0 || said.get(last).role() != Role.USER) {
      throw fields.wrong("messages", "must end with a message of the user that is not empty");
    }
    Said topic = said.remove(last);
    JsonNode options = fields.object("stream_options");
    Boolean usage =
        options == null
            ? null
            : new RequestFields(options, "stream_options.").flag("include_usage");
    return new CompletionRequest(
        model,
        List.copyOf(said),
        withName(topic),
        Boolean.TRUE.equals(fields.flag("stream")),
        Boolean.TRUE.equals(usage),
        fields.flag("speaker_names"),
        fields.flag("store"),
        conversationId(fields.text("conversation_id", MAX_NAME_CHARS)));
  }

  /** Takes the id of a completion too, which a client has in any case. */
  private static @Nullable String conversationId(@Nullable String id) {
    return id != null && id.startsWith(CompletionRequest.ID)
        ? id.substring(CompletionRequest.ID.length())
        : id;
  }

  /** Returns a person's text, with the person's name before it if the client gives one. */
  static String withName(Said said) {
    return said.name() == null ? said.text() : said.name() + ": " + said.text();
  }

  private static JsonNode parse(String body) throws RefusedRequest {
    try {
      return FormatJson.object(body)
          .orElseThrow(
              () ->
                  new RefusedRequest(
                      OpenAiError.invalid(
                          "invalid_json", null, "The body must be one JSON object.")));
    } catch (JsonProcessingException e) {
      throw new RefusedRequest(
          OpenAiError.invalid("invalid_json", null, "The body is not valid JSON."));
    }
  }

  private List<Said> messages(RequestFields fields) throws RefusedRequest {
    JsonNode list = fields.value("messages");
    if (list == null || !list.isArray() || list.isEmpty()) {
      throw fields.wrong("messages", "must be a list with at least one message");
    }
    if (list.size() > settings.maxMessages()) {
      throw fields.wrong("messages", "may hold " + settings.maxMessages() + " at the most");
    }
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Said message = messages.read(list.get(i), "messages[" + i + "]");
      if (message != null) {
        said.add(message);
      }
    }
    return said;
  }

  private static void refuseOtherKinds(RequestFields fields) throws RefusedRequest {
    JsonNode count = fields.value("n");
    if (count != null && (!count.isIntegralNumber() || count.longValue() != 1)) {
      throw unsupported("n", "must be 1: a team gives one answer");
    }
    if (asksForTool(fields.value("tool_choice"))) {
      throw unsupported("tool_choice", "must be 'auto' or 'none': agents use their own tools only");
    }
    JsonNode format = fields.object("response_format");
    if (format != null && !format.path("type").asText("text").equals("text")) {
      throw unsupported("response_format", "must be of type 'text'");
    }
    JsonNode modalities = fields.value("modalities");
    if (modalities != null && modalities.toString().contains("audio")) {
      throw unsupported("modalities", "must be ['text']");
    }
    if (Boolean.TRUE.equals(fields.flag("logprobs"))) {
      throw unsupported("logprobs", "must be false");
    }
  }

  private static boolean asksForTool(@Nullable JsonNode choice) {
    return choice != null && (choice.isObject() || choice.asText().equals("required"));
  }

  private static RefusedRequest unsupported(String field, String what) {
    return new RefusedRequest(
        OpenAiError.invalid("unsupported_parameter", field, "'" + field + "' " + what + "."));
  }
}
