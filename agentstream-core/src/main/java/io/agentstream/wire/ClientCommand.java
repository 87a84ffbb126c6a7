package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A viewer's command to the server. {@link CommandDecoder} checks its values. */
public sealed interface ClientCommand {

  /** Calls the method of {@code handler} for this command. */
  void deliverTo(Handler handler);

  /** Handles commands, with one method for each. */
  interface Handler {
    void onListAgents();

    void onCatalogueCommand(CatalogueCommand command);

    void onStartConversation(StartConversation command);

    void onJoinConversation(JoinConversation command);

    void onLeaveConversation(LeaveConversation command);

    void onConversationCommand(ConversationCommand command);

    void onListConversations(ListConversations command);

    void onAuthenticate(Authenticate command);

    void onSetName(SetName command);

    void onPing();

    void onPong();
  }

  /** A command to a conversation, which only the node that runs the conversation can carry out. */
  sealed interface ConversationCommand extends ClientCommand {
    /** Returns the conversation's id. */
    String conversationId();

    /** Calls the method of {@code handler} for this command. */
    <T> T deliverTo(SteeringHandler<T> handler);

    /**
     * Returns the same command with an id by which a conversation recognises it if it comes twice;
     * this command if it has one already or needs none.
     */
    default ConversationCommand identified(String id) {
      return this;
    }

    @Override
    default void deliverTo(Handler handler) {
      handler.onConversationCommand(this);
    }
  }

  /** Requests the available agents. */
  record ListAgents() implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onListAgents();
    }
  }

  /** A change of the agents and teams that a user has made. The reply is the changed catalogue. */
  sealed interface CatalogueCommand extends ClientCommand {
    @Override
    default void deliverTo(Handler handler) {
      handler.onCatalogueCommand(this);
    }
  }

  /**
   * Adds an agent to the user's own, or replaces the one of the same name.
   *
   * @param agent its definition, a JSON object with the keys of an agent in a team file
   */
  record SaveAgent(@JsonRawValue String agent) implements CatalogueCommand {
    /** Returns a text without the definition, which holds a prompt. */
    @Override
    public String toString() {
      return "SaveAgent[]";
    }
  }

  /**
   * Removes one of the user's own agents.
   *
   * @param name its name
   */
  record DeleteAgent(String name) implements CatalogueCommand {}

  /**
   * Adds a team to the user's own, or replaces the one of the same name.
   *
   * @param team its definition, a JSON object with the keys of a team in a team file
   */
  record SaveTeam(@JsonRawValue String team) implements CatalogueCommand {
    /** Returns a text without the definition, which may hold prompts. */
    @Override
    public String toString() {
      return "SaveTeam[]";
    }
  }

  /**
   * Removes one of the user's own teams.
   *
   * @param name its name
   */
  record DeleteTeam(String name) implements CatalogueCommand {}

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
      implements ClientCommand {

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
    public void deliverTo(Handler handler) {
      handler.onStartConversation(this);
    }
  }

  /**
   * Views a conversation, for the first time or again.
   *
   * @param conversationId which
   * @param epoch the epoch of {@code afterSeq}; null requests a snapshot
   * @param afterSeq the last event seen, from 0; null requests a snapshot
   */
  record JoinConversation(String conversationId, @Nullable Long epoch, @Nullable Long afterSeq)
      implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onJoinConversation(this);
    }
  }

  /** Stops viewing a conversation, which continues. */
  record LeaveConversation(String conversationId) implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onLeaveConversation(this);
    }
  }

  /** Handles commands to a conversation, with one method for each. */
  interface SteeringHandler<T> {
    T onSendMessage(SendMessage command);

    T onStopSpeaker(StopSpeaker command);

    T onStopConversation(StopConversation command);

    T onPauseConversation(PauseConversation command);

    T onUnpauseConversation(UnpauseConversation command);

    T onInputResponse(InputResponse command);

    T onRenameConversation(RenameConversation command);

    T onDeleteConversation(DeleteConversation command);

    T onEditMessage(EditMessage command);

    T onWithdrawMessage(WithdrawMessage command);

    T onCallOn(CallOn command);

    T onAuthored(Authored command);
  }

  /**
   * A command of a person who is known to the server. A viewer cannot send one: the server wraps
   * the viewer's command.
   *
   * @param command what the person wants; not a command of this type
   * @param author the person
   */
  record Authored(ConversationCommand command, Author author) implements ConversationCommand {
    @Override
    public String conversationId() {
      return command.conversationId();
    }

    @Override
    public ConversationCommand identified(String id) {
      return new Authored(command.identified(id), author);
    }

    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onAuthored(this);
    }
  }

  /**
   * Sends a message as the user.
   *
   * @param content the text; not blank
   * @param interrupt true to interrupt the current speakers; the same as {@link Delivery#NOW}
   * @param messageId the viewer's id for the message: a repeated id adds no second message; may be
   *     null
   * @param when the moment at which the message enters the conversation; null for the end of the
   *     turn, unless it interrupts
   */
  record SendMessage(
      String conversationId,
      String content,
      boolean interrupt,
      @Nullable String messageId,
      @Nullable Delivery when)
      implements ConversationCommand {

    /** Creates a message for the end of the turn, or one that interrupts. */
    public SendMessage(
        String conversationId, String content, boolean interrupt, @Nullable String messageId) {
      this(conversationId, content, interrupt, messageId, null);
    }

    /** Returns the moment at which the message enters the conversation. */
    public Delivery delivery() {
      if (interrupt) {
        return Delivery.NOW;
      }
      return when == null ? Delivery.TURN : when;
    }

    @Override
    public ConversationCommand identified(String id) {
      return messageId == null
          ? new SendMessage(conversationId, content, interrupt, id, when)
          : this;
    }

    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onSendMessage(this);
    }
  }

  /**
   * Stops current speakers.
   *
   * @param messageId the message to cut; null for all current messages
   */
  record StopSpeaker(String conversationId, @Nullable String messageId)
      implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onStopSpeaker(this);
    }
  }

  /** Ends a conversation. */
  record StopConversation(String conversationId) implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onStopConversation(this);
    }
  }

  /** Pauses a conversation after the current turn. */
  record PauseConversation(String conversationId) implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onPauseConversation(this);
    }
  }

  /** Ends a pause. */
  record UnpauseConversation(String conversationId) implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onUnpauseConversation(this);
    }
  }

  /**
   * Answers a question of the conversation.
   *
   * @param requestId as in {@code input_requested}
   * @param content the answer; not blank
   */
  record InputResponse(String conversationId, String requestId, String content)
      implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onInputResponse(this);
    }
  }

  /**
   * Gives a conversation a title.
   *
   * @param title the title; not blank, without control characters
   */
  record RenameConversation(String conversationId, String title) implements ConversationCommand {
    /** The maximum length of a title, in UTF-16 code units. */
    public static final int MAX_TITLE_CHARS = 200;

    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onRenameConversation(this);
    }
  }

  /** Ends a conversation and removes all that is kept of it. */
  record DeleteConversation(String conversationId) implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onDeleteConversation(this);
    }
  }

  /**
   * Changes the text of a message that waits.
   *
   * @param queueId as in {@code message_queued}
   * @param content the new text; not blank
   */
  record EditMessage(String conversationId, String queueId, String content)
      implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onEditMessage(this);
    }
  }

  /**
   * Withdraws a message that waits.
   *
   * @param queueId as in {@code message_queued}
   */
  record WithdrawMessage(String conversationId, String queueId) implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onWithdrawMessage(this);
    }
  }

  /**
   * Lets a participant speak next.
   *
   * @param agentName the participant
   */
  record CallOn(String conversationId, String agentName) implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onCallOn(this);
    }
  }

  /**
   * Gives an anonymous viewer's connection a name.
   *
   * @param name the name; not blank, without control characters
   */
  record SetName(String name) implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onSetName(this);
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
      implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onListConversations(this);
    }
  }

  /**
   * Authenticates the viewer.
   *
   * @param token the user's secret
   */
  record Authenticate(String token) implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onAuthenticate(this);
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "Authenticate[]";
    }
  }

  /** Requests a pong. */
  record Ping() implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onPing();
    }
  }

  /** Answers a ping. */
  record Pong() implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onPong();
    }
  }
}
