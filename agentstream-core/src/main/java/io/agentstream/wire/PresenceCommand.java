package io.agentstream.wire;

/** Tells others in a conversation what the viewer is doing. */
public sealed interface PresenceCommand extends ClientCommand {

  /** Returns the conversation's id. */
  String conversationId();

  @Override
  default void deliverTo(Handler handler) {
    handler.onPresenceCommand(this);
  }

  /** The viewer's person types. Sent again every few seconds while that goes on. */
  record Typing(String conversationId) implements PresenceCommand {}
}
