package io.agentstream.http.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpProblem;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure in OpenAI's form.
 *
 * @param status the HTTP status, from 400
 * @param type the kind of error, by which OpenAI's clients decide what to do
 * @param code the reason for programs
 * @param param the field of the request that is wrong, or null
 * @param message one sentence for people, without secrets
 */
record OpenAiError(int status, String type, String code, @Nullable String param, String message) {

  /** The content type of errors, and of answers that are no stream. */
  static final String JSON = "application/json";

  static final String INVALID_REQUEST = "invalid_request_error";

  private static final String SERVER_ERROR = "server_error";
  private static final String RATE_LIMIT = "rate_limit_exceeded";
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;
  private static final int INTERNAL = 500;

  /** Returns the error for a field of the request. */
  static OpenAiError invalid(String code, @Nullable String param, String message) {
    return new OpenAiError(BAD_REQUEST, INVALID_REQUEST, code, param, message);
  }

  static OpenAiError unknownModel(String model) {
    return new OpenAiError(
        NOT_FOUND,
        INVALID_REQUEST,
        "model_not_found",
        "model",
        "There is no team or agent called '" + model + "'; GET /v1/models lists them.");
  }

  static OpenAiError unknownConversation() {
    return new OpenAiError(
        NOT_FOUND,
        INVALID_REQUEST,
        "conversation_not_found",
        "conversation_id",
        "The conversation does not exist, or is not yours to continue. Leave out"
            + " 'conversation_id' and send the messages so far.");
  }

  static OpenAiError tooLong() {
    return invalid(
        "context_length_exceeded",
        "messages",
        "The messages are longer than a conversation may be; leave out the oldest.");
  }

  static OpenAiError running() {
    return new OpenAiError(
        CONFLICT,
        INVALID_REQUEST,
        "conversation_running",
        "conversation_id",
        "The conversation still runs: wait for its end.");
  }

  /** Returns the error for a call that a door refuses. */
  static OpenAiError of(HttpProblem problem) {
    return switch (problem.status()) {
      case UNAUTHENTICATED ->
          new OpenAiError(
              UNAUTHENTICATED, INVALID_REQUEST, "invalid_api_key", null, problem.detail());
      case FORBIDDEN ->
          new OpenAiError(FORBIDDEN, "permission_error", problem.code(), null, problem.detail());
      case UNPROCESSABLE -> invalid(problem.code(), null, problem.detail());
      case TOO_MANY -> tooMany(problem.code(), problem.detail());
      default ->
          new OpenAiError(
              problem.status(),
              problem.status() < INTERNAL ? INVALID_REQUEST : SERVER_ERROR,
              problem.code(),
              null,
              problem.detail());
    };
  }

  private static OpenAiError tooMany(String code, String message) {
    boolean quota = code.equals("budget_exceeded");
    return quota
        ? new OpenAiError(TOO_MANY, "insufficient_quota", "insufficient_quota", null, message)
        : new OpenAiError(TOO_MANY, "requests", RATE_LIMIT, null, message);
  }

  /** Returns the error for a conversation that the hub refuses to begin. */
  static OpenAiError refusedStart(ChatError error) {
    // The door has checked the request's own limits: the hub's are about what runs already.
    return error.code() == ErrorCode.LIMIT_EXCEEDED
        ? tooMany(RATE_LIMIT, error.message())
        : of(HttpProblem.of(error.code(), error.message()));
  }

  /** Returns the error for a run that failed. */
  static OpenAiError failedRun(@Nullable ChatError last) {
    ErrorCode code = last == null ? ErrorCode.INTERNAL : last.code();
    return of(HttpProblem.of(code, last == null ? "The conversation failed." : last.message()));
  }

  /** Answers a call with this error, unless its response has begun. */
  void answer(HttpCall call) {
    call.answer(status, JSON, toJson());
  }

  /** Returns the body of a response with this error. */
  String toJson() {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("message", message);
    error.put("type", type);
    error.put("param", param);
    error.put("code", code);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("error", error);
    return body.toString();
  }
}
