package io.agentstream.upstream.openai;

import dev.langchain4j.model.output.FinishReason;
import io.agentstream.event.ErrorCause;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the finish reasons of many servers. */
final class FinishReasons {

  /** Protocol buffers write an enum's name before its values. */
  private static final String PREFIX = "finish_reason_";

  private static final Set<String> STOP =
      Set.of(
          "stop",
          "eos",
          "eos_token",
          "end_turn",
          "end",
          "stop_sequence",
          "complete",
          "completed",
          "done",
          "finished",
          "normal");
  private static final Set<String> LENGTH =
      Set.of(
          "length",
          "max_tokens",
          "max_output_tokens",
          "max_length",
          "model_length",
          "truncated",
          "incomplete",
          "max_new_tokens",
          "token_limit",
          "model_context_window_exceeded",
          "error_limit");
  private static final Set<String> TOOLS =
      Set.of("tool_calls", "tool_call", "function_call", "tool_use", "toolcalls");
  private static final Set<String> FILTER =
      Set.of(
          "content_filter",
          "content_filtered",
          "safety",
          "recitation",
          "refusal",
          "sensitive",
          "blocklist",
          "prohibited_content",
          "spii",
          "content-filter",
          "guardrail_intervened",
          "error_toxic");
  private static final Set<String> FAILURE =
      Set.of(
          "error",
          "abort",
          "aborted",
          "network_error",
          "timeout",
          "cancelled",
          "canceled",
          "user_cancel");

  /** The values in chunks before the last one, of servers that send a reason with each chunk. */
  private static final Set<String> NOT_YET =
      Set.of("", "null", "none", "false", "unspecified", "in_progress", "not_finished");

  private FinishReasons() {}

  /** Returns true if a value says that the answer is over. */
  static boolean isEnd(String reason) {
    return !NOT_YET.contains(normal(reason));
  }

  /** Returns the reason; null for a blank one, {@code OTHER} for one that nobody knows. */
  static @Nullable FinishReason of(String reason) {
    String known = normal(reason);
    if (known.isEmpty()) {
      return null;
    }
    if (STOP.contains(known)) {
      return FinishReason.STOP;
    }
    if (LENGTH.contains(known)) {
      return FinishReason.LENGTH;
    }
    if (TOOLS.contains(known)) {
      return FinishReason.TOOL_EXECUTION;
    }
    // Gemini adds what the filter found: "content_filter: RECITATION".
    boolean filter = FILTER.contains(known) || known.startsWith("content_filter");
    return filter ? FinishReason.CONTENT_FILTER : FinishReason.OTHER;
  }

  /** Returns the failure that a reason means; null if it means the end of an answer. */
  static @Nullable ErrorCause failure(String reason) {
    String known = normal(reason);
    if (known.equals("insufficient_system_resource")) {
      return ErrorCause.OVERLOADED;
    }
    if (known.contains("malformed_function_call") || known.contains("unexpected_tool_call")) {
      return ErrorCause.TOOL_USE_FAILED;
    }
    return FAILURE.contains(known) ? ErrorCause.SERVER_ERROR : null;
  }

  private static String normal(String reason) {
    String known = reason.strip().toLowerCase(Locale.ROOT);
    return known.startsWith(PREFIX) ? known.substring(PREFIX.length()) : known;
  }
}
