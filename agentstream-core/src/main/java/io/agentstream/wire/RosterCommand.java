package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/** A command that changes who takes part in a conversation. */
public sealed interface RosterCommand extends ConversationCommand {

  /** Returns the name of the participant. */
  String agentName();

  /** Keeps a participant silent. */
  record MuteAgent(String conversationId, String agentName) implements RosterCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onMuteAgent(this);
    }
  }

  /** Lets a participant speak again. */
  record UnmuteAgent(String conversationId, String agentName) implements RosterCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onUnmuteAgent(this);
    }
  }

  /**
   * Adds a participant.
   *
   * @param agentName one that has left, or an agent of the catalogue
   * @param definitions as in {@link ViewingCommand.StartConversation}
   */
  record AddAgent(
      String conversationId, String agentName, @JsonRawValue @Nullable String definitions)
      implements RosterCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onAddAgent(this);
    }

    /** Returns the same command with definitions. */
    public AddAgent with(String definitions) {
      return new AddAgent(conversationId, agentName, definitions);
    }

    /** Returns a text without the definitions, which may hold prompts. */
    @Override
    public String toString() {
      return "AddAgent[" + conversationId + ", " + agentName + "]";
    }
  }

  /** Removes a participant. */
  record RemoveAgent(String conversationId, String agentName) implements RosterCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onRemoveAgent(this);
    }
  }
}
