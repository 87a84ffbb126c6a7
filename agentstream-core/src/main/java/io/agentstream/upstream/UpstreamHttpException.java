package io.agentstream.upstream;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a model server answers with a status other than 2xx.
 *
 * <p>langchain4j's models wrap it in an exception of theirs by its status, such as {@code
 * RateLimitException} for a 429; it is then the cause of that one. Its message contains only the
 * status, because the server's text may quote the prompt or the key.
 */
public final class UpstreamHttpException extends HttpException {

  /** The part of a refusal's body that is kept, in bytes. */
  static final int MAX_BODY_BYTES = 8 * 1024;

  private static final long serialVersionUID = 1L;

  private final String body;
  private final @Nullable Duration retryAfter;

  // langchain4j examines only the root cause, so with a cause this exception would be overlooked.
  public UpstreamHttpException(int status, String body, @Nullable Duration retryAfter) {
    super(status, "HTTP " + status);
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /**
   * Returns the first 8 KiB of the body, read as UTF-8; empty if there was none. Use it for
   * decisions, such as distinguishing kinds of 400, but never for a log or a viewer.
   */
  public String body() {
    return body;
  }

  /** Returns what the server complains about. */
  public ServerComplaint complaint() {
    return ServerComplaint.of(statusCode(), body);
  }

  /**
   * Returns the delay that the server requests: in {@code retry-after-ms}, in {@code Retry-After}
   * as seconds or a date, or in its body. Zero for a past date; at most 2,147,483,647 seconds. Null
   * if there is none or it is unreadable.
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
