package io.agentstream.chat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import io.agentstream.event.ErrorCode;
import io.agentstream.upstream.UpstreamHttpException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a call to a model failed, in our own words: nothing of what the provider wrote is in it.
 *
 * @param code what viewers are told
 * @param message one sentence for viewers
 * @param advice what whoever runs the server should check
 * @param retryable whether the same call may succeed later
 * @param retryAfter when the model server asks to come back; null where it does not say
 */
record ModelFailure(
    ErrorCode code,
    String message,
    String advice,
    boolean retryable,
    @Nullable Duration retryAfter) {

  private static final Set<Integer> REFUSED = Set.of(401, 403);

  static final ModelFailure TOO_SLOW =
      new ModelFailure(
          ErrorCode.UPSTREAM_TIMEOUT,
          "The answer took too long.",
          "the time for an answer (agentResponse) was up; is the model server overloaded?",
          false);

  static final ModelFailure SILENT =
      new ModelFailure(
          ErrorCode.UPSTREAM_TIMEOUT,
          "The model server was silent for too long.",
          "no token came in the time for it (firstToken, tokenIdle)",
          true);

  static final ModelFailure TOO_LONG =
      new ModelFailure(
          ErrorCode.UPSTREAM_ERROR,
          "The model's answer was too long.",
          "its answer passed the limit (maxAnswerChars)",
          false);

  static final ModelFailure INSIDE_STREAM =
      new ModelFailure(
          ErrorCode.UPSTREAM_ERROR,
          "The model server reported an error in the middle of the answer.",
          "see the model server's own log",
          true);

  ModelFailure(ErrorCode code, String message, String advice, boolean retryable) {
    this(code, message, advice, retryable, null);
  }

  static ModelFailure of(Throwable error) {
    ModelFailure failure = classify(error);
    return new ModelFailure(
        failure.code, failure.message, failure.advice, failure.retryable, retryAfter(error));
  }

  private static @Nullable Duration retryAfter(Throwable error) {
    return causes(error)
        .filter(UpstreamHttpException.class::isInstance)
        .map(e -> ((UpstreamHttpException) e).retryAfter())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static ModelFailure classify(Throwable error) {
    int status = status(error);
    if (REFUSED.contains(status) || hasCause(error, AuthenticationException.class)) {
      return refused(status);
    }
    if (status == 429 || hasCause(error, RateLimitException.class)) {
      return new ModelFailure(
          ErrorCode.UPSTREAM_RATE_LIMITED,
          "The model server takes no more requests for now.",
          "rate limit or quota of the model server reached (HTTP 429)",
          true);
    }
    if (status == 404 || hasCause(error, ModelNotFoundException.class)) {
      return failed("check the model's name and the base URL (HTTP 404)", false);
    }
    if (isConnect(error)) {
      return new ModelFailure(
          ErrorCode.UPSTREAM_ERROR,
          "The model server cannot be reached.",
          "is it running, and is the base URL right?",
          true);
    }
    if (status == 408 || status == 504 || hasCause(error, TimeoutException.class)) {
      return SILENT;
    }
    if (status != 0) {
      return failed("it answered HTTP " + status, status >= 500);
    }
    return failed("the call broke with " + root(error).getClass().getName(), true);
  }

  private static ModelFailure refused(int status) {
    return new ModelFailure(
        ErrorCode.UPSTREAM_ERROR,
        "The model server refused the request.",
        "check the API key the model is configured with"
            + (status == 0 ? "" : " (HTTP " + status + ")"),
        false);
  }

  private static ModelFailure failed(String advice, boolean retryable) {
    return new ModelFailure(
        ErrorCode.UPSTREAM_ERROR, "The model server failed to answer.", advice, retryable);
  }

  private static int status(Throwable error) {
    return causes(error)
        .filter(HttpException.class::isInstance)
        .map(HttpException.class::cast)
        .map(HttpException::statusCode)
        .findFirst()
        .orElse(0);
  }

  private static boolean isConnect(Throwable error) {
    return hasCause(error, ConnectException.class)
        || hasCause(error, HttpConnectTimeoutException.class)
        || hasCause(error, java.nio.channels.UnresolvedAddressException.class)
        || hasCause(error, java.net.UnknownHostException.class);
  }

  private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
    return causes(error).anyMatch(type::isInstance);
  }

  private static Throwable root(Throwable error) {
    return causes(error).reduce((a, b) -> b).orElse(error);
  }

  private static Stream<Throwable> causes(Throwable error) {
    // A chain of causes may hold a circle.
    return Stream.<Throwable>iterate(error, e -> e != null, Throwable::getCause).limit(32);
  }
}
