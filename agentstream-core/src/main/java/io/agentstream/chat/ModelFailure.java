package io.agentstream.chat;

import io.agentstream.chat.speaker.ModelAskException;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.upstream.Diagnosis;
import io.agentstream.upstream.ServerComplaint;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a call to a model failed, without any provider text.
 *
 * @param code the code for viewers
 * @param cause the cause; null if no model server failed
 * @param message one sentence for viewers
 * @param advice a remedy for the operator, for the log
 * @param retryable true if the same call may succeed later
 * @param retryAfter the delay that the model server requests, or null
 */
public record ModelFailure(
    ErrorCode code,
    @Nullable ErrorCause cause,
    String message,
    String advice,
    boolean retryable,
    @Nullable Duration retryAfter) {

  private static final String FAILED = "The model server failed to answer.";

  private static final Map<ErrorCause, String> MESSAGES =
      Map.ofEntries(
          Map.entry(
              ErrorCause.CONTEXT_TOO_LONG, "The conversation has grown too long for the model."),
          Map.entry(
              ErrorCause.QUOTA, "The account with the model server has nothing left to spend."),
          Map.entry(ErrorCause.RATE_LIMIT, "The model server takes no more requests for now."),
          Map.entry(ErrorCause.OVERLOADED, "The model server is overloaded for now."),
          Map.entry(ErrorCause.KEY_REFUSED, "The model server refused the request."),
          Map.entry(ErrorCause.UNKNOWN_MODEL, "The model server does not know the model."),
          Map.entry(
              ErrorCause.UNSUPPORTED_PARAMETER,
              "The model server does not support one of the agent's settings."),
          Map.entry(ErrorCause.BAD_REQUEST, "The model server could not use the request."),
          Map.entry(
              ErrorCause.CONTENT_POLICY, "The model server's content policy stopped the answer."),
          Map.entry(ErrorCause.TOOL_USE_FAILED, "The model's call of a tool could not be read."),
          Map.entry(ErrorCause.UNREACHABLE, "The model server cannot be reached."),
          Map.entry(ErrorCause.NOT_A_MODEL_SERVER, "What answered is no model server."),
          Map.entry(ErrorCause.EMPTY_ANSWER, "The model server sent an empty answer."),
          Map.entry(ErrorCause.BROKEN_STREAM, "The model's answer broke off."),
          Map.entry(ErrorCause.SILENT, "The model server was silent for too long."),
          Map.entry(ErrorCause.TOO_SLOW, "The answer took too long."),
          Map.entry(ErrorCause.TOO_LONG, "The model's answer was too long."));

  static final ModelFailure TOO_SLOW =
      of(
          ErrorCause.TOO_SLOW,
          "the time for an answer was up; to give it more, raise agent_response_seconds"
              + " (Timeouts.agentResponse)",
          false);

  static final ModelFailure SILENT =
      of(
          ErrorCause.SILENT,
          "no further token came in the time for it; to wait longer, raise token_idle_seconds"
              + " (Timeouts.tokenIdle)",
          true);

  static final ModelFailure UNFINISHED =
      of(ErrorCause.BROKEN_STREAM, "its stream ended before the event that ends an answer", true);

  static final ModelFailure NOTHING =
      of(
          ErrorCause.EMPTY_ANSWER,
          "the stream ended without any text, tool call or finish reason in it: is the base URL"
              + " that of a model server?",
          true);

  /**
   * No token came at all.
   *
   * @param alive true if the server showed that it is working, so that a retry would only make it
   *     start again
   */
  static ModelFailure noFirstToken(boolean alive) {
    return of(
        ErrorCause.SILENT,
        (alive ? "it sends signs of life, but " : "")
            + "no token came in the time for the first; to wait longer, raise first_token_seconds"
            + " (Timeouts.firstToken)",
        !alive);
  }

  /** A failure that concerns no model server. */
  static ModelFailure internal(ErrorCode code, String message, String advice) {
    return new ModelFailure(code, null, message, advice, false, null);
  }

  /** A limit that the answer has passed. */
  static ModelFailure tooLong(String what, String setting) {
    return of(ErrorCause.TOO_LONG, what + " passed the limit (" + setting + ")", false);
  }

  /** The view of an agent could not be built, or its tools could not be listed. */
  static ModelFailure ofPreparation(@Nullable Throwable failure) {
    Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof ModelAskException asked) {
      return internal(
          asked.code(), String.valueOf(asked.getMessage()), "its context window failed");
    }
    if (cause instanceof ToolsMissingException) {
      return internal(
          ErrorCode.INTERNAL,
          "The agent's tools could not be listed.",
          "a source of its tools " + cause.getMessage());
    }
    String type = cause == null ? "no result" : cause.getClass().getName();
    return internal(
        ErrorCode.INTERNAL,
        "What the agent should see could not be put together.",
        "its context window failed with " + type);
  }

  static ModelFailure of(ServerComplaint complaint) {
    return of(Diagnosis.of(complaint.toException()));
  }

  static ModelFailure of(Throwable error) {
    return of(Diagnosis.of(error));
  }

  static ModelFailure of(Diagnosis found) {
    return new ModelFailure(
        codeOf(found.cause()),
        found.cause(),
        MESSAGES.getOrDefault(found.cause(), FAILED),
        found.advice(),
        found.retryable(),
        found.retryAfter());
  }

  private static ModelFailure of(ErrorCause cause, String advice, boolean retryable) {
    return of(new Diagnosis(cause, advice, retryable, null));
  }

  /** Returns the code that viewers are told for a cause. */
  public static ErrorCode codeOf(ErrorCause cause) {
    return switch (cause) {
      case RATE_LIMIT, QUOTA -> ErrorCode.UPSTREAM_RATE_LIMITED;
      case SILENT, TOO_SLOW -> ErrorCode.UPSTREAM_TIMEOUT;
      default -> ErrorCode.UPSTREAM_ERROR;
    };
  }
}
