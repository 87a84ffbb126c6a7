package io.agentstream.wire;

import io.agentstream.event.Author;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of a connection.
 *
 * @param connectionId the connection's id in the server's log
 * @param heartbeatMs the milliseconds of silence after which the server sends a ping
 * @param limits the server's limits
 * @param authenticated true if the server knows who the viewer is
 * @param authenticateWithinMs how many milliseconds the server waits for a token; null if it
 *     requires none
 * @param expiresAt when the authentication expires; null for never
 * @param author the viewer, as others see them; null for an anonymous viewer, whose id is the
 *     connection's
 */
public record Welcome(
    String connectionId,
    long heartbeatMs,
    Bounds limits,
    boolean authenticated,
    @Nullable Long authenticateWithinMs,
    @Nullable Instant expiresAt,
    @Nullable Author author)
    implements ControlFrame {

  /** Creates a welcome for an anonymous viewer. */
  public Welcome(
      String connectionId,
      long heartbeatMs,
      Bounds limits,
      boolean authenticated,
      @Nullable Long authenticateWithinMs,
      @Nullable Instant expiresAt) {
    this(connectionId, heartbeatMs, limits, authenticated, authenticateWithinMs, expiresAt, null);
  }

  @Override
  public String type() {
    return "welcome";
  }

  /**
   * The limits for a viewer's commands.
   *
   * @param maxImportBytes the longest document of a conversation that the viewer may import; null
   *     if the server imports none
   */
  public record Bounds(
      int maxMessageBytes,
      int maxAgents,
      int maxRounds,
      int maxTopicChars,
      @Nullable Integer maxImportBytes) {

    /** Creates the limits of a server that imports nothing. */
    public Bounds(int maxMessageBytes, int maxAgents, int maxRounds, int maxTopicChars) {
      this(maxMessageBytes, maxAgents, maxRounds, maxTopicChars, null);
    }
  }
}
