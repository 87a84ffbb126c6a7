package io.agentstream.wire;

import org.jspecify.annotations.Nullable;

/** Makes, lists or ends the links by which a conversation is shared. */
public sealed interface SharingCommand extends ClientCommand {

  /** Returns the conversation's id. */
  String conversationId();

  @Override
  default void deliverTo(Handler handler) {
    handler.onSharingCommand(this);
  }

  /**
   * Makes a link by which others may view a conversation, or steer it.
   *
   * @param access the rights of those who come by it
   * @param expiresInSeconds after how many seconds it ends; null if only a revocation ends it
   */
  record ShareConversation(
      String conversationId, ShareAccess access, @Nullable Integer expiresInSeconds)
      implements SharingCommand {
    /** The longest life of a link that ends by itself, in seconds: a year. */
    public static final int MAX_SECONDS = 366 * 24 * 60 * 60;
  }

  /** Requests the links of a conversation. */
  record ListShares(String conversationId) implements SharingCommand {}

  /**
   * Ends a link.
   *
   * @param shareId the link, as in the reply to its making
   */
  record RevokeShare(String conversationId, String shareId) implements SharingCommand {}
}
