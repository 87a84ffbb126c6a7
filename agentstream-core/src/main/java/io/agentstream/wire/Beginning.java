package io.agentstream.wire;

import io.agentstream.event.PastMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation begins that an adapter starts for a viewer; not on the wire.
 *
 * @param past its history, oldest message first
 * @param topicId the topic's id: a later {@code send_message} with this {@code message_id} adds
 *     nothing; null for none
 * @param endsWithViewer true if the run ends when nobody has viewed it for a few seconds, in place
 *     of the usual time
 */
public record Beginning(List<PastMessage> past, @Nullable String topicId, boolean endsWithViewer) {

  /** Nothing special. */
  public static final Beginning USUAL = new Beginning(List.of(), null, false);

  /** Keeps a copy of the list. */
  public Beginning {
    past = List.copyOf(past);
  }

  /** Returns the beginning of a conversation with a history. */
  public static Beginning after(List<PastMessage> past) {
    return new Beginning(past, null, false);
  }
}
