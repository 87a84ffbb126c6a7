package io.agentstream.identity;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one page of a list of conversations.
 *
 * @param owner only this user's conversations; null for those of all users
 * @param text only conversations that contain this text in their title, topic or messages, whatever
 *     the case; null for all
 * @param cursor where the page begins, as {@link ConversationPage#nextCursor} gave it; null for the
 *     first page
 * @param limit the most conversations on the page, from 1
 */
public record ConversationQuery(
    @Nullable User owner, @Nullable String text, @Nullable String cursor, int limit) {

  /** The most that one page holds. */
  public static final int MAX_LIMIT = 200;

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not from 1 to {@value #MAX_LIMIT}
   */
  public ConversationQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT + ", not " + limit);
    }
  }

  /** Returns the query for the page that begins at another cursor. */
  public ConversationQuery at(String nextCursor) {
    return new ConversationQuery(owner, text, Objects.requireNonNull(nextCursor), limit);
  }
}
