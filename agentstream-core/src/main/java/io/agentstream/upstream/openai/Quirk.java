package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.upstream.ServerComplaint;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A parameter that a server refuses and that can be left out or replaced. */
enum Quirk {
  /** The server has the new name for the maximum number of tokens. */
  NO_MAX_TOKENS(
      "max_tokens; max_completion_tokens is sent. To say so from the start: max_tokens_field"
          + " \"max_completion_tokens\""),
  /** The server has the old name for the maximum number of tokens. */
  NO_MAX_COMPLETION_TOKENS(
      "max_completion_tokens; max_tokens is sent. To say so from the start: max_tokens_field"
          + " \"max_tokens\""),
  /** The server does not count a stream's tokens, so they are estimated. */
  NO_STREAM_OPTIONS(
      "stream_options; its usage is estimated. To say so from the start: \"stream_options\": null"
          + " in parameters"),
  /** The server sets the temperature itself. */
  NO_TEMPERATURE("temperature; none is sent. To say so from the start: leave temperature out"),
  /** The server accepts no thinking in a request. */
  NO_THINKING_BACK(
      "the model's thinking in a request; none is sent. To say so from the start: send_reasoning"
          + " false"),
  /** The server's models have no system messages. */
  NO_SYSTEM_ROLE("messages of the role system; their text begins the first message of the user"),
  /** The server requires a content in each message. */
  CONTENT_WITH_CALLS("tool calls without a content beside them; an empty one is sent"),
  /** The server accepts no tool call ids that another server made. */
  OWN_CALL_IDS("ids of tool calls of another form than its own; nine letters and digits are sent"),
  /** The server accepts no fields of tool calls that another server added. */
  NO_CALL_FIELDS("fields of tool calls that only some servers know; none is sent");

  /** Words of a complaint about a limit's value, which another name would not change. */
  private static final List<String> OUT_OF_RANGE =
      List.of(
          "too large",
          "must be less",
          "valid range",
          "out of range",
          "maximum allowed",
          "at most",
          "at least",
          "greater than",
          "exceed",
          "must be between");

  private static final List<String> THINKING =
      List.of("reasoning_content", "reasoning", "reasoning_details", "thinking_blocks");

  private static final List<String> SYSTEM =
      List.of(
          "system role",
          "does not support 'system'",
          "system message",
          "system instruction",
          "system prompt",
          "developer instruction",
          "role 'system'",
          "role: system",
          "roles must alternate",
          "messages[0].role");

  private static final List<String> CALL_ID =
      List.of("tool call id", "tool_call_id", "tool_use.id", "tool_use_id", ".id'");

  private static final List<String> WRONG_ID =
      List.of("length of 9", "length 9", "alphanumeric", "match pattern", "too long", "a-z");

  private static final List<String> MISSING =
      List.of(
          "missing",
          "required",
          "none is not",
          "cannot be null",
          "must not be null",
          "valid string",
          "must be a string",
          "expected a string");

  private final String told;

  Quirk(String told) {
    this.told = told;
  }

  /** Returns the text for the log: the refused parameter, and the setting for it. */
  String told() {
    return told;
  }

  /** Returns the quirk that explains a refusal and was not tried yet; null if none does. */
  static @Nullable Quirk of(JsonNode sent, ServerComplaint complaint, Collection<Quirk> tried) {
    boolean aboutParameters =
        switch (complaint.cause()) {
          case UNSUPPORTED_PARAMETER, BAD_REQUEST, SERVER_ERROR -> true;
          default -> false;
        };
    if (!aboutParameters) {
      return null;
    }
    for (Quirk quirk : values()) {
      if (!tried.contains(quirk) && quirk.explains(sent, complaint)) {
        return quirk;
      }
    }
    return null;
  }

  private boolean explains(JsonNode sent, ServerComplaint complaint) {
    return switch (this) {
      case NO_MAX_TOKENS -> sent.has(RequestWriter.MAX_TOKENS) && isAboutLimit(complaint);
      case NO_MAX_COMPLETION_TOKENS ->
          sent.has(RequestWriter.MAX_COMPLETION_TOKENS) && isAboutLimit(complaint);
      case NO_STREAM_OPTIONS ->
          sent.has("stream_options")
              && (complaint.names("stream_options") || complaint.names("include_usage"));
      case NO_TEMPERATURE -> sent.has("temperature") && complaint.names("temperature");
      case NO_THINKING_BACK ->
          (complaint.names("reasoning") || complaint.names("thinking_blocks"))
              && sendsThinking(sent);
      case NO_SYSTEM_ROLE -> isAny(SYSTEM, complaint) && hasSystem(sent);
      case CONTENT_WITH_CALLS ->
          complaint.names("content") && isAny(MISSING, complaint) && lacksContent(sent);
      case OWN_CALL_IDS ->
          isAny(CALL_ID, complaint) && isAny(WRONG_ID, complaint) && hasOtherCallIds(sent);
      case NO_CALL_FIELDS ->
          SentBack.CALL_FIELDS.stream()
              .map(SentBack.CallField::name)
              .anyMatch(field -> complaint.names(field) && hasCallField(sent, field));
    };
  }

  private static boolean isAboutLimit(ServerComplaint complaint) {
    return (complaint.names(RequestWriter.MAX_TOKENS)
            || complaint.names(RequestWriter.MAX_COMPLETION_TOKENS))
        && !isAny(OUT_OF_RANGE, complaint);
  }

  private static boolean isAny(List<String> words, ServerComplaint complaint) {
    return words.stream().anyMatch(complaint::names);
  }

  private static boolean hasSystem(JsonNode sent) {
    return messages(sent).anyMatch(message -> "system".equals(message.path("role").textValue()));
  }

  private static boolean lacksContent(JsonNode sent) {
    return messages(sent).anyMatch(message -> !message.has("content"));
  }

  private static boolean hasCallField(JsonNode sent, String field) {
    return messages(sent)
        .anyMatch(message -> !message.path("tool_calls").findPath(field).isMissingNode());
  }

  private static boolean hasOtherCallIds(JsonNode sent) {
    return messages(sent)
        .map(message -> message.path("tool_call_id"))
        .anyMatch(id -> id.isTextual() && !ToolCallIds.isPlain(id.textValue()));
  }

  private static Stream<JsonNode> messages(JsonNode sent) {
    return StreamSupport.stream(sent.path("messages").spliterator(), false);
  }

  private static boolean sendsThinking(JsonNode sent) {
    for (JsonNode message : sent.path("messages")) {
      for (String field : THINKING) {
        if (message.has(field)) {
          return true;
        }
      }
    }
    return false;
  }
}
