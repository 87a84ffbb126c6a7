package io.agentstream.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import io.agentstream.event.ErrorCause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a call to a model failed, for any model and client, without any text of the
 * server.
 *
 * @param cause the cause
 * @param advice the problem and a remedy, for the log
 * @param retryable true if the same call may succeed later
 * @param retryAfter the delay that the server requests, or null
 */
public record Diagnosis(
    ErrorCause cause, String advice, boolean retryable, @Nullable Duration retryAfter) {

  private Diagnosis(ErrorCause cause, String advice, boolean retryable) {
    this(cause, advice, retryable, null);
  }

  /** Diagnoses the exception that a model passed to {@code onError} or threw. */
  public static Diagnosis of(Throwable error) {
    Diagnosis found =
        Stream.<Optional<Diagnosis>>of(
                first(error, ModelServerException.class).map(Diagnosis::ofAnswer),
                first(error, UpstreamHttpException.class).map(Diagnosis::ofRefusal),
                first(error, HttpException.class).map(Diagnosis::ofHttp),
                ofLangchain4j(error),
                ofConnection(error))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseGet(() -> ofUnknown(error));
    return found;
  }

  private static Diagnosis ofAnswer(ModelServerException error) {
    return new Diagnosis(error.kind(), String.valueOf(error.getMessage()), error.isRetryable());
  }

  private static Diagnosis ofRefusal(UpstreamHttpException error) {
    ServerComplaint complaint = error.complaint();
    Duration wait = error.retryAfter();
    // A quota with a time at which it is full again is a rate limit.
    boolean retryable = complaint.isRetryable() || (complaint.isQuota() && wait != null);
    return new Diagnosis(complaint.cause(), complaint.advice(), retryable, wait);
  }

  private static Diagnosis ofHttp(HttpException error) {
    String body = Objects.requireNonNullElse(error.getMessage(), "");
    ServerComplaint complaint = ServerComplaint.of(error.statusCode(), body);
    return new Diagnosis(complaint.cause(), complaint.advice(), complaint.isRetryable());
  }

  private static Optional<Diagnosis> ofLangchain4j(Throwable error) {
    if (first(error, AuthenticationException.class).isPresent()) {
      return Optional.of(of(401));
    }
    if (first(error, RateLimitException.class).isPresent()) {
      return Optional.of(of(429));
    }
    return first(error, ModelNotFoundException.class).map(found -> of(404));
  }

  private static Diagnosis of(int status) {
    ServerComplaint complaint = ServerComplaint.of(status, "");
    return new Diagnosis(complaint.cause(), complaint.advice(), complaint.isRetryable());
  }

  private static Optional<Diagnosis> ofConnection(Throwable error) {
    if (isUnreachable(error)) {
      return Optional.of(
          new Diagnosis(ErrorCause.UNREACHABLE, "is it running, and is the base URL right?", true));
    }
    if (first(error, SSLException.class).isPresent()) {
      return Optional.of(
          new Diagnosis(
              ErrorCause.UNREACHABLE,
              "no secure connection came about: is the base URL https where the server speaks http,"
                  + " or its certificate unknown to this Java?",
              false));
    }
    if (first(error, TimeoutException.class).isPresent()) {
      return Optional.of(
          new Diagnosis(
              ErrorCause.SILENT,
              "no response began in time; to wait longer, raise model_client_seconds"
                  + " (Timeouts.upstream, the client's readTimeout)",
              true));
    }
    return first(error, IOException.class).map(Diagnosis::ofIo);
  }

  private static Diagnosis ofIo(IOException error) {
    if (error instanceof JsonProcessingException) {
      return new Diagnosis(
          ErrorCause.BROKEN_STREAM, "an event of its stream could not be read as JSON", false);
    }
    if (error instanceof EventTooLongException) {
      return new Diagnosis(ErrorCause.TOO_LONG, String.valueOf(error.getMessage()), false);
    }
    if (error instanceof ProtocolException) {
      // It may be the rest of an earlier response whose length was wrong: a new connection helps.
      return new Diagnosis(
          ErrorCause.NOT_A_MODEL_SERVER,
          "the response is no HTTP, or its head is too long: are the host and the port right?",
          true);
    }
    return new Diagnosis(
        ErrorCause.BROKEN_STREAM, "the connection broke with " + error.getClass().getName(), true);
  }

  private static boolean isUnreachable(Throwable error) {
    return first(error, ConnectException.class).isPresent()
        || first(error, HttpConnectTimeoutException.class).isPresent()
        || first(error, UnresolvedAddressException.class).isPresent()
        || first(error, UnknownHostException.class).isPresent();
  }

  private static Diagnosis ofUnknown(Throwable error) {
    Throwable root = causes(error).reduce((a, b) -> b).orElse(error);
    return new Diagnosis(
        ErrorCause.SERVER_ERROR, "the call broke with " + root.getClass().getName(), true);
  }

  private static <T> Optional<T> first(Throwable error, Class<T> type) {
    return causes(error).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static Stream<Throwable> causes(Throwable error) {
    // A chain of causes may contain a cycle.
    return Stream.<Throwable>iterate(error, e -> e != null, Throwable::getCause).limit(32);
  }
}
