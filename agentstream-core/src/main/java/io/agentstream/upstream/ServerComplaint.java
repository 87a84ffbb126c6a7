package io.agentstream.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.event.ErrorCause;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The error of a model server, read from the status and the body of a refusal or from an event
 * inside a 200. Servers word the same error differently; this class knows their codes, types and
 * usual words. The server's text stays inside: {@link #advice} is our own text. Immutable.
 */
public final class ServerComplaint {

  private static final int MOST_TEXT = 8 * 1024;
  private static final int MOST_DEPTH = 8;

  /** The fields in which a number is the HTTP status that the server means. */
  private static final Set<String> STATUS_KEYS =
      Set.of("code", "status", "status_code", "statuscode", "http_code");

  /** The parameters whose names may be logged, because they belong to the protocol. */
  private static final List<String> PARAMETERS =
      List.of(
          "max_completion_tokens",
          "max_tokens",
          "temperature",
          "top_p",
          "stream_options",
          "parallel_tool_calls",
          "tool_choice",
          "tools",
          "reasoning_effort",
          "reasoning_content",
          "response_format",
          "presence_penalty",
          "frequency_penalty",
          "logit_bias",
          "logprobs",
          "seed",
          "stop",
          "top_k");

  private static final Set<String> EVERYDAY = Set.of("tools", "seed", "stop");

  private static final Map<ErrorCause, String> ADVICE =
      Map.ofEntries(
          Map.entry(
              ErrorCause.CONTEXT_TOO_LONG,
              "the conversation is longer than the model's context: give the agent a context window"
                  + " (ContextWindow), or the model a larger context"),
          Map.entry(
              ErrorCause.QUOTA, "the account's quota or balance is used up: check its billing"),
          Map.entry(ErrorCause.RATE_LIMIT, "rate limit of the model server reached"),
          Map.entry(ErrorCause.OVERLOADED, "it is overloaded or loads its model"),
          Map.entry(
              ErrorCause.KEY_REFUSED,
              "check the API key the model is configured with, and what it may do"),
          Map.entry(ErrorCause.UNKNOWN_MODEL, "check the model's name and the base URL"),
          Map.entry(
              ErrorCause.UNSUPPORTED_PARAMETER,
              "it does not support a parameter of the request: change the model's parameters"),
          Map.entry(ErrorCause.BAD_REQUEST, "it takes the request for a malformed one"),
          Map.entry(
              ErrorCause.CONTENT_POLICY, "its content policy stopped the request or the answer"),
          Map.entry(
              ErrorCause.TOOL_USE_FAILED,
              "the model called a tool in a way the server could not read: try a larger model, or"
                  + " simpler tools"),
          Map.entry(ErrorCause.NOT_A_MODEL_SERVER, "check the base URL"),
          Map.entry(
              ErrorCause.SILENT, "it, or a proxy before it, ran into a time limit of its own"),
          Map.entry(ErrorCause.SERVER_ERROR, "see the model server's own log"));

  /** The fields of an object that may be a message about the progress. */
  private static final Set<String> NOTE_KEYS =
      Set.of(
          "message",
          "msg",
          "detail",
          "status",
          "code",
          "id",
          "event",
          "type",
          "object",
          "model",
          "created",
          "choices",
          "time",
          "timestamp");

  private static final Set<String> NO_FAILURE = Set.of("", "0", "200", "ok", "success", "null");

  private static final List<String> FAILURE_WORDS =
      List.of(
          "error",
          "fail",
          "exception",
          "invalid",
          "denied",
          "forbidden",
          "refus",
          "reject",
          "unavailable",
          "unable",
          "cannot",
          "can't",
          "could not",
          "not found",
          "not allowed",
          "unauthor",
          "unprocessable",
          "bad request",
          "bad gateway",
          "no route",
          "unknown",
          "missing",
          "timed out",
          "timeout",
          "abort",
          "exceed");

  private final int status;
  private final ErrorCause cause;
  private final String text;
  private final boolean note;

  private ServerComplaint(int status, String text, boolean note) {
    this.status = status;
    this.text = text;
    this.note = note;
    this.cause = ComplaintWords.cause(status, text);
  }

  /**
   * Reads a refusal, or the data of an event that is known to be an error.
   *
   * @param status the HTTP status; 0 if it was a 2xx
   * @param body the body, or the part of it that was kept
   */
  public static ServerComplaint of(int status, String body) {
    return read(status, body, false);
  }

  private static ServerComplaint read(int status, String body, boolean note) {
    JsonNode json = LenientJson.read(body);
    if (json != null && json.isContainerNode()) {
      Collected collected = new Collected();
      collected.take(json, "", 0);
      int said = status == 0 ? collected.status : status;
      return new ServerComplaint(said, collected.text(), note);
    }
    // A web page contains too much other text to be searched for words.
    boolean page = body.stripLeading().startsWith("<");
    String start = body.substring(0, Math.min(body.length(), MOST_TEXT)).toLowerCase(Locale.ROOT);
    String searched = page && !ComplaintWords.isPlainHttp(start) ? "" : start;
    return new ServerComplaint(status, searched, note);
  }

  /** Returns the complaint that {@code json}, which came inside a 2xx, holds; null if none. */
  public static @Nullable ServerComplaint in(JsonNode json) {
    JsonNode complaint = ErrorFields.find(json);
    return complaint == null ? null : read(0, complaint.toString(), isNote(json));
  }

  private static boolean isNote(JsonNode json) {
    return !ErrorFields.isNamed(json)
        && NO_FAILURE.contains(json.path("code").asText("").toLowerCase(Locale.ROOT))
        && !json.path("detail").isContainerNode()
        && json.properties().stream().allMatch(field -> NOTE_KEYS.contains(field.getKey()));
  }

  /**
   * Returns true if it is a message without a sign of a failure, such as {@code
   * {"message":"keep-alive"}}. It is a failure only if no answer follows.
   */
  public boolean isVague() {
    return note
        && status == 0
        && cause == ErrorCause.SERVER_ERROR
        && FAILURE_WORDS.stream().noneMatch(text::contains);
  }

  /** Returns the kind of failure. */
  public ErrorCause cause() {
    return cause;
  }

  boolean isQuota() {
    return cause == ErrorCause.QUOTA;
  }

  /** Returns true if the same request may succeed later. */
  public boolean isRetryable() {
    return switch (cause) {
      case RATE_LIMIT, OVERLOADED, SERVER_ERROR, SILENT -> true;
      default -> false;
    };
  }

  /** Returns true if the server named this parameter. */
  public boolean names(String parameter) {
    return text.contains(parameter);
  }

  /** Returns a remedy for the log, without text of the server. */
  public String advice() {
    String advice = ADVICE.getOrDefault(cause, "see the model server's own log");
    String named = cause == ErrorCause.UNSUPPORTED_PARAMETER ? parameter() : null;
    if (named != null) {
      advice = "it does not support the parameter " + named + ": change or remove it";
    }
    if (cause == ErrorCause.BAD_REQUEST && parameter() != null) {
      advice += " and names the parameter " + parameter();
    }
    if (ComplaintWords.isPlainHttp(text)) {
      advice = "its port speaks https: write https:// in the base URL";
    }
    if (status >= 300 && status < 400) {
      advice = "it redirects to another address: write that one as the base URL";
    }
    return status == 0 ? advice : advice + " (HTTP " + status + ")";
  }

  private @Nullable String parameter() {
    boolean toolUse = names("support tool use") || names("enable-auto-tool-choice");
    return PARAMETERS.stream()
        .filter(this::names)
        // A word of everyday language says little in a text whose kind is unknown.
        .filter(name -> cause == ErrorCause.UNSUPPORTED_PARAMETER || !EVERYDAY.contains(name))
        .findFirst()
        .orElse(toolUse ? "tools" : null);
  }

  /** Returns the failure of a call with a 2xx status. */
  public ModelServerException toException() {
    return new ModelServerException(
        cause, "the server reported an error in its answer: " + advice(), isRetryable());
  }

  /**
   * Collects the texts of a JSON document, in lower case, and the first number that looks like a
   * status.
   */
  private static final class Collected {
    private final StringBuilder all = new StringBuilder();
    private int status;

    void take(JsonNode node, String key, int depth) {
      if (depth > MOST_DEPTH || all.length() > MOST_TEXT) {
        return;
      }
      if (node.isObject()) {
        node.properties().forEach(field -> take(field.getValue(), field.getKey(), depth + 1));
      } else if (node.isArray()) {
        node.forEach(element -> take(element, key, depth + 1));
      } else if (node.isValueNode() && !key.equals("input")) {
        value(node.asText(), key.toLowerCase(Locale.ROOT));
      }
    }

    private void value(String text, String key) {
      if (status == 0 && STATUS_KEYS.contains(key) && text.matches("[345]\\d\\d")) {
        status = Integer.parseInt(text);
      }
      // An error within an error may be JSON in a string.
      JsonNode nested = text.startsWith("{") ? LenientJson.read(text) : null;
      if (nested != null) {
        take(nested, key, 1);
      } else {
        all.append(text, 0, Math.min(text.length(), MOST_TEXT)).append('\n');
      }
    }

    String text() {
      return all.toString().toLowerCase(Locale.ROOT);
    }
  }
}
