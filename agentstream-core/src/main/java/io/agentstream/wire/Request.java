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
 */
public record Request(@Nullable String id, ClientCommand command, List<PastMessage> past) {

  public Request {
    past = List.copyOf(past);
  }

  /** Creates a message without a history. */
  public Request(@Nullable String id, ClientCommand command) {
    this(id, command, List.of());
  }
}
