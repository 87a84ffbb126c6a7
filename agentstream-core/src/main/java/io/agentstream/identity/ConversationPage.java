package io.agentstream.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one page of a list of conversations, the newest first by the time of their start.
 *
 * <p>A search examines a bounded number of conversations for each page, so a page can hold fewer
 * than were asked for, or none, and still have a cursor.
 *
 * @param items the conversations of this page
 * @param nextCursor where the next page begins; null if this is the last one
 */
public record ConversationPage(List<Item> items, @Nullable String nextCursor) {

  /** Keeps a copy of {@code items}. */
  public ConversationPage {
    items = List.copyOf(items);
  }

  /**
   * Describes one conversation.
   *
   * @param conversation what is known of it
   * @param title the title that a person gave it; null for none
   * @param changedAt when it was last written
   */
  public record Item(ConversationInfo conversation, @Nullable String title, Instant changedAt) {}
}
