package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists what a viewer can start or view, or changes which conversations a connection views. */
public sealed interface ViewingCommand extends ClientCommand {

  /** Calls the method of {@code handler} for this command. */
  void deliverTo(ViewingHandler handler);

  @Override
  default void deliverTo(Handler handler) {
    handler.onViewingCommand(this);
  }

  /** Handles these commands, with one method for each. */
  interface ViewingHandler {
    void onListAgents(ListAgents command);

    void onListConversations(ListConversations command);

    void onStartConversation(StartConversation command);

    void onJoinConversation(JoinConversation command);

    void onLeaveConversation(LeaveConversation command);
  }

  /** Requests the available agents. */
  record ListAgents() implements ViewingCommand {
    @Override
    public void deliverTo(ViewingHandler handler) {
      handler.onListAgents(this);
    }
  }

  /**
   * Requests the conversations that the user may view.
   *
   * @param query only conversations that contain this text; null for all
   * @param cursor where the page begins, from an earlier reply; null for the first page
   * @param limit the most conversations in the reply, from 1; null for the server's maximum
   */
  record ListConversations(@Nullable String query, @Nullable String cursor, @Nullable Integer limit)
      implements ViewingCommand {
    @Override
    public void deliverTo(ViewingHandler handler) {
      handler.onListConversations(this);
    }
  }

  /**
   * Starts a conversation and views it.
   *
   * @param topic the topic; not blank
   * @param agents names from the catalogue, each once; null for all agents
   * @param maxRounds the maximum number of rounds; null for the server's default
   * @param speakerSelection the speaker selection; null for the server's default
   * @param requestId a repeated id refers to the same conversation and starts no second one; may be
   *     null
   * @param team the name of a team that talks, in place of agents, rounds and a speaker selection;
   *     null for none
   * @param definitions a team file with agents and teams of the user, as JSON: {@code agents} and
   *     {@code team} may name them beside those of the catalogue; null for none
   */
  record StartConversation(
      String topic,
      @Nullable List<String> agents,
      @Nullable Integer maxRounds,
      @Nullable String speakerSelection,
      @Nullable String requestId,
      @Nullable String team,
      @JsonRawValue @Nullable String definitions)
      implements ViewingCommand {

    /** Starts a conversation of agents or of a team, all from the catalogue. */
    public StartConversation(
        String topic,
        @Nullable List<String> agents,
        @Nullable Integer maxRounds,
        @Nullable String speakerSelection,
        @Nullable String requestId,
        @Nullable String team) {
      this(topic, agents, maxRounds, speakerSelection, requestId, team, null);
    }

    /** Starts a conversation of agents. */
    public StartConversation(
        String topic,
        @Nullable List<String> agents,
        @Nullable Integer maxRounds,
        @Nullable String speakerSelection,
        @Nullable String requestId) {
      this(topic, agents, maxRounds, speakerSelection, requestId, null);
    }

    /** Returns the same command with other definitions; null for none. */
    public StartConversation with(@Nullable String otherDefinitions) {
      return new StartConversation(
          topic, agents, maxRounds, speakerSelection, requestId, team, otherDefinitions);
    }

    /** Returns a text without the definitions, which hold prompts. */
    @Override
    public String toString() {
      return "StartConversation[agents=" + agents + ", team=" + team + "]";
    }

    @Override
    public void deliverTo(ViewingHandler handler) {
      handler.onStartConversation(this);
    }
  }

  /**
   * Views a conversation, for the first time or again.
   *
   * @param conversationId which
   * @param epoch the epoch of {@code afterSeq}; null requests a snapshot
   * @param afterSeq the last event seen, from 0; null requests a snapshot
   * @param shareToken the token of the link by which the viewer comes; null for none
   * @param presence true if the viewer takes part in presence; null for false
   */
  record JoinConversation(
      String conversationId,
      @Nullable Long epoch,
      @Nullable Long afterSeq,
      @Nullable String shareToken,
      @Nullable Boolean presence)
      implements ViewingCommand {

    /** Joins without a link. */
    public JoinConversation(String conversationId, @Nullable Long epoch, @Nullable Long afterSeq) {
      this(conversationId, epoch, afterSeq, null, null);
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "JoinConversation[" + conversationId + ", " + epoch + ", " + afterSeq + "]";
    }

    @Override
    public void deliverTo(ViewingHandler handler) {
      handler.onJoinConversation(this);
    }
  }

  /** Stops viewing a conversation, which continues. */
  record LeaveConversation(String conversationId) implements ViewingCommand {
    @Override
    public void deliverTo(ViewingHandler handler) {
      handler.onLeaveConversation(this);
    }
  }
}
