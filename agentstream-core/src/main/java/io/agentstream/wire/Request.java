package io.agentstream.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message from a viewer.
 *
 * @param id the viewer's id for it, which the reply carries, or null
 * @param command the command
 * @param beginning how a conversation that the command starts begins; not for other commands
 * @param repeats true if a start only finds the conversation that an earlier one with the same
 *     {@code request_id} has started, and starts none; not for other commands, and not on the wire
 */
public record Request(
    @Nullable String id, ClientCommand command, Beginning beginning, boolean repeats) {

  public Request {
    Objects.requireNonNull(beginning, "beginning");
  }

  /** Creates a message without anything special. */
  public Request(@Nullable String id, ClientCommand command) {
    this(id, command, Beginning.USUAL, false);
  }

  /** Creates a start of a conversation that begins in a special way. */
  public static Request start(
      @Nullable String id, ViewingCommand.StartConversation start, Beginning beginning) {
    return new Request(id, start, beginning, false);
  }

  /** Creates a start that only finds the conversation of an earlier one. */
  public static Request repeat(@Nullable String id, ViewingCommand.StartConversation start) {
    return new Request(id, start, Beginning.USUAL, true);
  }
}
