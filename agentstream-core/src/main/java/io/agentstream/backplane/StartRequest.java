package io.agentstream.backplane;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A start that can be asked for again. All anonymous viewers count as one, since nothing tells that
 * the one who asks again after a cut is the one who asked before.
 *
 * @param userId whose request it is; null for any anonymous viewer
 * @param requestId names it among the requests of this user
 */
public record StartRequest(@Nullable String userId, String requestId) {

  /** Rejects null for {@code requestId}. */
  public StartRequest {
    Objects.requireNonNull(requestId, "requestId");
  }
}
