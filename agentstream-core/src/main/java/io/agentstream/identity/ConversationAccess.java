package io.agentstream.identity;

/**
 * Decides on users' rights in conversations, and thus on sharing. Called for every command that
 * names a conversation, on the thread that reads the socket or, with several nodes, on one that
 * brings the backplane's reply. An implementation must not block, and is called from several
 * threads at once.
 *
 * <pre>{@code
 * ConversationAccess access = (user, conversation) ->
 *     teams.shared(user, conversation.owner()) ? Access.VIEW
 *         : ConversationAccess.byOwner().of(user, conversation);
 * }</pre>
 */
@FunctionalInterface
public interface ConversationAccess {

  /**
   * Returns the rights of {@code user} in {@code conversation}. They apply to the current command:
   * a user who loses the right to view continues to view until the connection or the view ends.
   */
  Access of(User user, ConversationInfo conversation);

  /**
   * Returns true if the list of conversations contains this one for {@code user}, who may view it.
   */
  default boolean isListed(User user, ConversationInfo conversation) {
    return true;
  }

  /**
   * Returns true if {@code user} may make links by which others view or steer this conversation. By
   * default that is the known user who started it. A conversation without a known owner needs no
   * links, because its id is enough.
   */
  default boolean mayShare(User user, ConversationInfo conversation) {
    return conversation.hasKnownOwner() && user.equals(conversation.owner());
  }

  /**
   * Returns true if {@link #isListed} holds only for conversations that {@code user} started. A
   * server with many users then need not search all conversations for one user's list.
   */
  default boolean listsOwnOnly() {
    return false;
  }

  /**
   * Grants all rights to the user who started a conversation, and none to others. A conversation
   * without a provable owner, which an anonymous viewer or the server itself started, is open to
   * anyone who knows its id, and is listed only for the connection that started it.
   */
  static ConversationAccess byOwner() {
    return OwnerAccess.INSTANCE;
  }

  /** Grants everybody all rights, and lists every conversation; meant for a personal machine. */
  static ConversationAccess everybody() {
    return (user, conversation) -> Access.STEER;
  }
}
