package io.agentstream.http.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.wire.CloseCode;
import java.util.Locale;

/**
 * The reason why a call is refused, as problem details (RFC 9457) have it.
 *
 * @param status the HTTP status, from 400
 * @param code an error code of {@code docs/protocol.md}, section 7, or one of {@code docs/http.md}
 * @param detail one sentence for people, without secrets
 */
public record HttpProblem(int status, String code, String detail) {

  /** The media type of problem details. */
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int WRONG_MEDIA_TYPE = 415;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;
  private static final int INTERNAL = 500;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int TIMEOUT = 504;

  /** Returns the problem for an error code of the protocol. */
  public static HttpProblem of(ErrorCode code, String detail) {
    return new HttpProblem(statusOf(code), code.name().toLowerCase(Locale.ROOT), detail);
  }

  /** Returns the problem for a refusal. */
  public static HttpProblem of(ChatError error) {
    return of(error.code(), error.message());
  }

  private static int statusOf(ErrorCode code) {
    return switch (code) {
      case INVALID_JSON -> BAD_REQUEST;
      case INVALID_FIELD, LIMIT_EXCEEDED -> UNPROCESSABLE;
      case UNKNOWN_TYPE -> NOT_IMPLEMENTED;
      case NOT_FOUND -> NOT_FOUND;
      case CONFLICT -> CONFLICT;
      case UNAUTHENTICATED -> UNAUTHENTICATED;
      case RATE_LIMITED, BUDGET_EXCEEDED -> TOO_MANY;
      case UPSTREAM_ERROR -> BAD_GATEWAY;
      case UPSTREAM_TIMEOUT, INPUT_TIMEOUT -> TIMEOUT;
      case UPSTREAM_RATE_LIMITED, UNAVAILABLE -> UNAVAILABLE;
      case INTERNAL -> INTERNAL;
    };
  }

  /** Returns the problem for a connection that the hub closes, by its close code. */
  static HttpProblem ofClose(int closeCode, String reason) {
    for (CloseCode known : CloseCode.values()) {
      if (known.code() == closeCode) {
        return ofClose(known);
      }
    }
    return of(ErrorCode.INTERNAL, "The connection was closed: " + reason + ".");
  }

  private static HttpProblem ofClose(CloseCode code) {
    return switch (code) {
      case GOING_AWAY, TRY_AGAIN_LATER ->
          of(ErrorCode.UNAVAILABLE, "The server is about to shut down; try again.");
      case INTERNAL_ERROR, UNKNOWN_VERSION, PROTOCOL_VIOLATION ->
          of(ErrorCode.INTERNAL, "The server could not carry this out.");
      case AUTHENTICATION_EXPIRED ->
          of(ErrorCode.UNAUTHENTICATED, "The authentication has expired.");
      case NOT_AUTHENTICATED ->
          of(
              ErrorCode.UNAUTHENTICATED,
              "The server does not know who asks: send Authorization, or a cookie of its login.");
      case NO_PONG, TOO_SLOW -> of(ErrorCode.UNAVAILABLE, "The client was too slow.");
      case RATE_LIMITED, TOO_MANY_CONNECTIONS, CONNECTION_LIMIT ->
          of(ErrorCode.RATE_LIMITED, "Too many requests at once; come back later.");
      case ORIGIN_NOT_ALLOWED -> originNotAllowed();
    };
  }

  /** Returns that no resource has this path. */
  public static HttpProblem noSuchPath() {
    return of(ErrorCode.NOT_FOUND, "There is nothing at this path; see docs/http.md.");
  }

  /** Returns that the resource does not have this method. */
  public static HttpProblem methodNotAllowed() {
    return new HttpProblem(
        METHOD_NOT_ALLOWED, "method_not_allowed", "The resource does not have this method.");
  }

  static HttpProblem originNotAllowed() {
    return new HttpProblem(
        FORBIDDEN, "origin_not_allowed", "Pages of this origin may not use the server.");
  }

  static HttpProblem wrongTicket() {
    return of(ErrorCode.UNAUTHENTICATED, "The ticket is used up, too old, or from another server.");
  }

  static HttpProblem tooLarge(int maxBytes) {
    return new HttpProblem(
        TOO_LARGE, "limit_exceeded", "A body may have " + maxBytes + " bytes at the most.");
  }

  static HttpProblem notJson() {
    return new HttpProblem(
        WRONG_MEDIA_TYPE,
        "unsupported_media_type",
        "Send the body as application/json, in UTF-8 and without a content encoding.");
  }

  static HttpProblem tooLate() {
    return of(ErrorCode.UNAVAILABLE, "This took too long; try again.");
  }

  static HttpProblem noSpace() {
    return of(
        ErrorCode.UNAVAILABLE,
        "The server reads too many bodies, or too many of your network; try again.");
  }

  static HttpProblem internal() {
    return of(ErrorCode.INTERNAL, "The request failed by a defect.");
  }

  /** Returns true if the same request may succeed later. */
  public boolean isTemporary() {
    return status == TOO_MANY || status == UNAVAILABLE;
  }

  /** Returns the problem details as JSON. */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "about:blank");
    json.put("title", code.replace('_', ' '));
    json.put("status", status);
    json.put("detail", detail);
    json.put("code", code);
    return json.toString();
  }
}
