package io.agentstream.viewer.internal;

import io.agentstream.identity.Access;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's rights in a conversation.
 *
 * @param mayShare true if the visitor may make links to it, list and revoke them
 * @param shareId the link to which the visitor owes it; null for none
 * @param until when that link expires; null for never
 * @param ofAnother true if the conversation belongs to another user, whose questions the visitor
 *     cannot answer
 */
public record Right(
    Access access,
    boolean mayShare,
    @Nullable String shareId,
    @Nullable Instant until,
    boolean ofAnother) {

  /** The message of the answer for what is not there and for what the visitor may not see. */
  public static final String NO_SUCH_CONVERSATION = "There is no such conversation.";

  /** The message of the answer for those who may view and want to steer. */
  static final String NOT_TO_STEER = "The conversation is yours to view and not to steer.";

  /** No right at all: the conversation does not exist for the visitor. */
  public static final Right NONE = new Right(Access.NONE, false, null, null, false);

  /** Returns true if it includes {@code needed}. */
  boolean includes(Access needed) {
    return access.includes(needed);
  }
}
