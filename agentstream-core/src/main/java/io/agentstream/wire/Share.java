package io.agentstream.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link by which a conversation is shared, without its token, which nothing keeps.
 *
 * @param shareId names the link in commands; it gives no rights
 * @param access the rights of those who come by it
 * @param createdAt when it was made
 * @param expiresAt when it ends; null if only a revocation ends it
 * @param visits how often somebody has joined by it
 * @param visitors the people with a name who came by it last, newest first, at most 50
 */
public record Share(
    String shareId,
    ShareAccess access,
    Instant createdAt,
    @Nullable Instant expiresAt,
    long visits,
    List<ShareVisitor> visitors) {

  /** Copies {@code visitors}. */
  public Share {
    visitors = List.copyOf(visitors);
  }
}
