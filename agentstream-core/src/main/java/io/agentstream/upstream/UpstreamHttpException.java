package io.agentstream.upstream;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A model server answered with a status other than 2xx.
 *
 * <p>langchain4j's models wrap it in an exception of theirs by its status, such as {@code
 * RateLimitException} for a 429; it is then the cause of that one. Its message holds the status
 * alone, since what the server wrote may quote the prompt or the key.
 */
public final class UpstreamHttpException extends HttpException {

  /** How much of a refusal's body is kept, in bytes. */
  static final int MAX_BODY_BYTES = 8 * 1024;

  private static final long serialVersionUID = 1L;

  private final String body;
  private final @Nullable Duration retryAfter;

  // langchain4j looks at the root of the causes alone: with a cause, this one would be overlooked.
  public UpstreamHttpException(int status, String body, @Nullable Duration retryAfter) {
    super(status, "HTTP " + status);
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /**
   * The first 8 KiB of the body, read as UTF-8; empty if there was none. For decisions of your own,
   * such as telling one 400 from another: never for a log or a viewer.
   */
  public String body() {
    return body;
  }

  /** Returns what the server complains about. */
  public ServerComplaint complaint() {
    return ServerComplaint.of(statusCode(), body);
  }

  /**
   * How long the server asked to wait, from its {@code Retry-After}: whole seconds or a date, zero
   * for one that has passed; at most 2,147,483,647 seconds. Null if it did not ask, or not legibly.
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
