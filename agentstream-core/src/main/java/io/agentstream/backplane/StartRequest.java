package io.agentstream.backplane;

import io.agentstream.identity.User;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A start that can be repeated. All anonymous viewers count as one, because nothing shows that the
 * viewer who repeats a start after a lost connection is the same one.
 *
 * @param userId the requesting user; null for any anonymous viewer
 * @param requestId its id among the requests of this user; of an anonymous viewer, one that others
 *     could guess begins with the viewer's network
 */
public record StartRequest(@Nullable String userId, String requestId) {

  /** Returns the request of a user; all anonymous users are the same one. */
  public static StartRequest of(User user, String requestId) {
    return new StartRequest(user.anonymous() ? null : user.id(), requestId);
  }

  /** Rejects null as {@code requestId}. */
  public StartRequest {
    Objects.requireNonNull(requestId, "requestId");
  }
}
