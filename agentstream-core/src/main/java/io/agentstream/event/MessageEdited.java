package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The new text of a message that waits. Its old text is never delivered.
 *
 * @param queueId as in {@link MessageQueued}
 * @param content the new text
 * @param author the person who changed it; null if nobody is known
 */
public record MessageEdited(String queueId, String content, @Nullable Author author)
    implements ChatEvent {

  @Override
  public String type() {
    return "message_edited";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onMessageEdited(this);
  }
}
