package io.agentstream.identity;

/**
 * Decides what users may do with conversations, and so how they share them. Asked for every command
 * that names a conversation, on the thread that reads the socket: an implementation must not block,
 * and is called from several threads at once.
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
   * What {@code user} may do with {@code conversation}. It counts for the command at hand: who
   * loses the right to view goes on viewing until the connection or the view ends.
   */
  Access of(User user, ConversationInfo conversation);

  /** Whether {@code user}, who may view it, is told of it when asking for all there is. */
  default boolean isListed(User user, ConversationInfo conversation) {
    return true;
  }

  /**
   * Whether {@link #isListed} holds for nothing but what {@code user} started: then a server of
   * many users need not look through everybody's conversations for one's list.
   */
  default boolean listsOwnOnly() {
    return false;
  }

  /**
   * Whoever started a conversation may do everything and nobody else anything. What nobody can
   * prove to own, since an anonymous viewer or the server itself started it, is for whoever knows
   * its id, and is listed for nobody but the connection that started it.
   */
  static ConversationAccess byOwner() {
    return OwnerAccess.INSTANCE;
  }

  /** Everybody may do everything, and is told of everything: for a machine of one's own. */
  static ConversationAccess everybody() {
    return (user, conversation) -> Access.STEER;
  }
}
