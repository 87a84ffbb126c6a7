package io.agentstream.upstream;

import io.agentstream.event.ErrorCause;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of servers' errors: their codes, and words of their messages if there is no code. */
final class ComplaintWords {

  private record Words(ErrorCause cause, List<String> any) {}

  /** The words of nginx and Go's servers about plain HTTP on a port for https. */
  private static final String[] PLAIN_HTTP = {
    "http request was sent to https port", "http request to an https server"
  };

  /** The first match counts. */
  private static final List<Words> KNOWN =
      List.of(
          words(ErrorCause.BAD_REQUEST, "tool call id", "tool_use.id", "].id'", "tool_call_id'"),
          words(
              ErrorCause.CONTEXT_TOO_LONG,
              "context_length",
              "context length",
              "context window",
              "context size",
              "maximum context",
              "exceed_context",
              "model_max_prompt_tokens",
              "prompt is too long",
              "prompt too long",
              "input is too long",
              "too many tokens",
              "tokens_limit",
              "input token count",
              "maximum number of tokens",
              "reduce the length",
              "range of input length",
              "maximum model length",
              "max_new_tokens` must be",
              "string_above_max_length"),
          words(
              ErrorCause.QUOTA,
              "insufficient_quota",
              "quota_exceeded",
              "quota exceeded",
              "current quota",
              "billing",
              "insufficient balance",
              "insufficient credit",
              "insufficient_balance",
              "insufficient_user_quota",
              "quota is not enough",
              "more credits",
              "credit balance",
              "payment required",
              "arrearage"),
          words(
              ErrorCause.CONTENT_POLICY,
              "content_policy",
              "content_filter",
              "content policy",
              "content management policy",
              "content filtering",
              "responsibleai",
              "data_inspection_failed",
              "datainspectionfailed",
              "moderation",
              "safety system",
              "blocked by safety",
              "flagged",
              "prohibited_content",
              "usage policies",
              "risk_control"),
          words(
              ErrorCause.TOOL_USE_FAILED,
              "tool_use_failed",
              "failed to call a function",
              "failed_generation",
              "malformed_function_call",
              "failed to parse tool call",
              "tool call validation failed"),
          words(
              ErrorCause.UNKNOWN_MODEL,
              "model_not_found",
              "model not found",
              "unknown_model",
              "unknown model",
              "no such model",
              "invalid model",
              "invalid_model",
              "not a valid model",
              "try pulling it",
              "model_not_exist",
              "model not exist",
              "unexpected endpoint",
              "deploymentnotfound"),
          words(
              ErrorCause.KEY_REFUSED,
              "invalid_api_key",
              "incorrect api key",
              "invalid api key",
              "api key not valid",
              "api_key_invalid",
              "missing api key",
              "authentication_error",
              "authentication error",
              "unauthenticated",
              "unauthorized",
              "permission_denied",
              "permission_error",
              "no auth credentials"),
          words(
              ErrorCause.UNSUPPORTED_PARAMETER,
              "unsupported_parameter",
              "unsupported parameter",
              "unsupported_value",
              "unsupported value",
              "unknown_parameter",
              "unknown parameter",
              "unrecognized request argument",
              "extra_forbidden",
              "extra inputs are not permitted",
              "extra fields not permitted",
              "additional properties",
              "unknown field",
              "unknown name",
              "unexpected keyword",
              "unexpected field",
              "does not support",
              "is not supported",
              "are not supported",
              "not supported with this model",
              "extraneous key",
              "role not supported",
              "developer instruction is not enabled",
              "enable-auto-tool-choice",
              "support tool use"),
          words(
              ErrorCause.RATE_LIMIT,
              "rate_limit",
              "rate limit",
              "ratelimit",
              "request limit reached",
              "too many requests",
              "throttl",
              "resource_exhausted",
              "too_many_requests"),
          words(
              ErrorCause.OVERLOADED,
              "overloaded",
              "over capacity",
              "server_busy",
              "server is busy",
              "high demand",
              "temporarily unavailable",
              "loading model",
              "model is loading",
              "currently loading",
              "insufficient_system_resource"),
          words(ErrorCause.NOT_A_MODEL_SERVER, PLAIN_HTTP),
          words(ErrorCause.BAD_REQUEST, "roles must alternate", "must be at the beginning"));

  private ComplaintWords() {}

  /** Returns true if a port for https says that it was sent plain HTTP. */
  static boolean isPlainHttp(String text) {
    return Stream.of(PLAIN_HTTP).anyMatch(text::contains);
  }

  private static Words words(ErrorCause cause, String... any) {
    return new Words(cause, List.of(any));
  }

  /**
   * Returns the cause of an error.
   *
   * @param status the HTTP status, or the one that the server names inside a 2xx; 0 if neither
   * @param text the server's text, in lower case
   */
  static ErrorCause cause(int status, String text) {
    // Some statuses are more reliable than words, because the text of a 5xx may quote anything.
    ErrorCause plain = byStatus(status);
    if (plain == ErrorCause.QUOTA || plain == ErrorCause.NOT_A_MODEL_SERVER) {
      return plain;
    }
    ErrorCause said = byWords(text);
    if (said != null) {
      return said;
    }
    if (plain != null) {
      return plain;
    }
    return isAboutAModel(text) ? ErrorCause.UNKNOWN_MODEL : other(status);
  }

  private static @Nullable ErrorCause byWords(String text) {
    return KNOWN.stream()
        .filter(words -> words.any().stream().anyMatch(text::contains))
        .map(Words::cause)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable ErrorCause byStatus(int status) {
    return switch (status) {
      case 401, 403 -> ErrorCause.KEY_REFUSED;
      case 402 -> ErrorCause.QUOTA;
      case 404 -> ErrorCause.UNKNOWN_MODEL;
      case 405 -> ErrorCause.NOT_A_MODEL_SERVER;
      case 408, 504, 524 -> ErrorCause.SILENT;
      case 413 -> ErrorCause.CONTEXT_TOO_LONG;
      case 429 -> ErrorCause.RATE_LIMIT;
      case 451 -> ErrorCause.CONTENT_POLICY;
      case 503, 529 -> ErrorCause.OVERLOADED;
      default -> status >= 300 && status < 400 ? ErrorCause.NOT_A_MODEL_SERVER : null;
    };
  }

  private static boolean isAboutAModel(String text) {
    return text.contains("model")
        && (text.contains("not found") || text.contains("does not exist"));
  }

  private static ErrorCause other(int status) {
    return status >= 400 && status < 500 ? ErrorCause.BAD_REQUEST : ErrorCause.SERVER_ERROR;
  }
}
