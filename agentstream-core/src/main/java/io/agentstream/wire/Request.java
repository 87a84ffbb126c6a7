package io.agentstream.wire;

import io.agentstream.event.PastMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message from a viewer.
 *
 * @param id the viewer's id for it, which the reply carries, or null
 * @param command the command
 * @param past the history of a conversation that the command starts, oldest message first; not for
 *     other commands, and not on the wire
 * @param repeats true if a start only finds the conversation that an earlier one with the same
 *     {@code request_id} has started, and starts none; not for other commands, and not on the wire
 */
public record Request(
    @Nullable String id, ClientCommand command, List<PastMessage> past, boolean repeats) {

  public Request {
    past = List.copyOf(past);
  }

  /** Creates a message without a history. */
  public Request(@Nullable String id, ClientCommand command) {
    this(id, command, List.of(), false);
  }

  /** Creates a start with a history. */
  public static Request start(
      @Nullable String id, ClientCommand.StartConversation start, List<PastMessage> past) {
    return new Request(id, start, past, false);
  }

  /** Creates a start that only finds the conversation of an earlier one. */
  public static Request repeat(@Nullable String id, ClientCommand.StartConversation start) {
    return new Request(id, start, List.of(), true);
  }
}
