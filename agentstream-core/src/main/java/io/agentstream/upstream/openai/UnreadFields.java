package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.event.ErrorCause;
import io.agentstream.upstream.ModelServerException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields with a text that no reader knows, in which a server may have written its answer. It
 * keeps only their names, because their values are the server's. Used by one thread at a time.
 */
final class UnreadFields {

  private static final int MOST_NAMES = 8;
  private static final int MOST_DEPTH = 6;
  private static final int MOST_ELEMENTS = 4;

  /** A name of a protocol, and no text that somebody wrote. */
  private static final Pattern NAME = Pattern.compile("\\w[\\w.-]{0,39}");

  /** The fields whose texts tell something about an answer, and are no part of it. */
  private static final Set<String> ABOUT =
      Set.of(
          "annotations",
          "audio",
          "citations",
          "content_filter_result",
          "content_filter_results",
          "created",
          "done_reason",
          "event",
          "extra_content",
          "finish_details",
          "finish_message",
          "finish_reason",
          "finishreason",
          "format",
          "id",
          "index",
          "logprobs",
          "matched_stop",
          "metadata",
          "metrics",
          "model",
          "name",
          "native_finish_reason",
          "obfuscation",
          "object",
          "progress",
          "provider",
          "provider_specific_fields",
          "reasoning_details",
          "request_id",
          "role",
          "service_tier",
          "sid",
          "signature",
          "stage",
          "state",
          "status",
          "stop_details",
          "stop_reason",
          "stop_sequence",
          "system_fingerprint",
          "thinking_blocks",
          "time",
          "timestamp",
          "timestamps",
          "timings",
          "token_ids",
          "type",
          "usage",
          "usagemetadata",
          "warnings",
          "x_groq");

  /** Ids and times, such as {@code session_id} and {@code createdAt}, tell about it as well. */
  private static final Pattern ABOUT_BY_NAME =
      Pattern.compile(".*(?:_(?:ids?|at|time|ms)|Ids?|At|Time|Ms)");

  /** Where fields of the protocol stand, also in an envelope. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "(?:(?:data|result|response|output|chunk|choices|delta|message|content)\\.?)*");

  private final Set<String> names = new LinkedHashSet<>();
  private boolean plainText;

  /**
   * Looks at a chunk in which no piece of an answer was found.
   *
   * @param isAnswer whether the choice with an index is the answer, and not another alternative
   */
  void look(JsonNode chunk, IntPredicate isAnswer) {
    JsonNode choices = chunk.path("choices");
    if (!choices.isArray()) {
      if (chunk.isContainerNode()) {
        take(chunk, "", 0);
      }
      return;
    }
    for (JsonNode choice : choices) {
      if (isAnswer.test(choice.path("index").asInt(0))) {
        take(choice, "choices", 1);
      }
    }
  }

  /** Takes note of an event that is not JSON. */
  void lookAtText() {
    plainText = true;
  }

  private void take(JsonNode node, String path, int depth) {
    if (names.size() >= MOST_NAMES) {
      return;
    }
    boolean isText = node.isTextual() && !node.textValue().isBlank();
    if (isText || (depth > MOST_DEPTH && !node.isEmpty())) {
      names.add(path.isEmpty() ? "[]" : path);
    } else if (node.isArray()) {
      for (int i = 0; i < Math.min(node.size(), MOST_ELEMENTS); i++) {
        take(node.get(i), path, depth + 1);
      }
    } else {
      // Within an unknown field every text counts.
      boolean known = KNOWN.matcher(path).matches();
      node.properties().stream()
          .filter(field -> !known || !isAbout(field.getKey()))
          .forEach(field -> take(field.getValue(), within(path, field.getKey()), depth + 1));
    }
  }

  private static boolean isAbout(String name) {
    return ABOUT.contains(name.toLowerCase(Locale.ROOT)) || ABOUT_BY_NAME.matcher(name).matches();
  }

  private static String within(String path, String name) {
    String shown = NAME.matcher(name).matches() ? name : "?";
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /**
   * Returns the failure of an answer that ends without a text and a tool call; null if the model
   * has really said nothing.
   */
  @Nullable ModelServerException ofEnded(Answer answer) {
    return answer.isSilent() && !names.isEmpty() ? ofUnknown() : null;
  }

  /**
   * Returns the failure of a response in which neither an answer nor its end was found.
   *
   * @param done whether the server ended its stream properly
   */
  ModelServerException ofNothing(boolean done) {
    if (!names.isEmpty() || plainText) {
      return ofUnknown();
    }
    return new ModelServerException(
        ErrorCause.EMPTY_ANSWER,
        done
            ? "the server ended its stream without anything in it"
            : "the server answered with an empty body, or nothing that is an answer: is the base"
                + " URL right?",
        true);
  }

  private ModelServerException ofUnknown() {
    String came = names.isEmpty() ? "text that is no JSON" : String.join(", ", names);
    return new ModelServerException(
        ErrorCause.EMPTY_ANSWER,
        "the server's answer is in no field that is known. It sent "
            + came
            + ": is it a server for OpenAI's chat completions, and the base URL right?",
        // Text alone may be heartbeats of a proxy whose server died.
        names.isEmpty());
  }
}
