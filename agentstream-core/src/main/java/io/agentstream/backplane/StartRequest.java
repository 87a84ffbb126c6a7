package io.agentstream.backplane;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A start that can be repeated. All anonymous viewers count as one, because nothing shows that the
 * viewer who repeats a start after a lost connection is the same one.
 *
 * @param userId the requesting user; null for any anonymous viewer
 * @param requestId its id among the requests of this user
 */
public record StartRequest(@Nullable String userId, String requestId) {

  /** Rejects null as {@code requestId}. */
  public StartRequest {
    Objects.requireNonNull(requestId, "requestId");
  }
}
