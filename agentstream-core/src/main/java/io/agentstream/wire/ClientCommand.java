package io.agentstream.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a viewer may ask of the server. Values are checked by {@link CommandDecoder}. */
public sealed interface ClientCommand {

  /** Calls the method of {@code handler} that stands for this command. */
  void deliverTo(Handler handler);

  /** Takes commands, one method each. */
  interface Handler {
    void onListAgents();

    void onStartConversation(StartConversation command);

    void onJoinConversation(JoinConversation command);

    void onLeaveConversation(LeaveConversation command);

    void onConversationCommand(ConversationCommand command);

    void onListConversations();

    void onAuthenticate(Authenticate command);

    void onPing();

    void onPong();
  }

  /** A command to a conversation under way, which only the node that runs it can carry out. */
  sealed interface ConversationCommand extends ClientCommand {
    /** The conversation that it is for. */
    String conversationId();

    /** Calls the method of {@code handler} that stands for this command. */
    <T> T deliverTo(SteeringHandler<T> handler);

    @Override
    default void deliverTo(Handler handler) {
      handler.onConversationCommand(this);
    }
  }

  /** Asks who can take part. */
  record ListAgents() implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onListAgents();
    }
  }

  /**
   * Starts a conversation and views it.
   *
   * @param topic what to talk about; not blank
   * @param agents names from the catalogue, each once; null for all
   * @param maxRounds after how many rounds to end; null for the server's default
   * @param speakerSelection how speakers are picked; null for the server's default
   * @param requestId the same one again means the same conversation, not a second; null for none
   */
  record StartConversation(
      String topic,
      @Nullable List<String> agents,
      @Nullable Integer maxRounds,
      @Nullable String speakerSelection,
      @Nullable String requestId)
      implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onStartConversation(this);
    }
  }

  /**
   * Views a conversation, for the first time or again.
   *
   * @param conversationId which
   * @param epoch the incarnation that {@code afterSeq} belongs to; null asks for a snapshot
   * @param afterSeq the last event seen, from 0; null asks for a snapshot
   */
  record JoinConversation(String conversationId, @Nullable Long epoch, @Nullable Long afterSeq)
      implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onJoinConversation(this);
    }
  }

  /** Views a conversation no more; it goes on. */
  record LeaveConversation(String conversationId) implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onLeaveConversation(this);
    }
  }

  /** Takes the commands to a conversation under way, one method each. */
  interface SteeringHandler<T> {
    T onSendMessage(SendMessage command);

    T onStopSpeaker(StopSpeaker command);

    T onStopConversation(StopConversation command);

    T onPauseConversation(PauseConversation command);

    T onUnpauseConversation(UnpauseConversation command);

    T onInputResponse(InputResponse command);
  }

  /**
   * Says something as the user.
   *
   * @param content what; not blank
   * @param interrupt whether to interrupt whoever speaks
   * @param messageId the viewer's own name for the message: the same one again is not said twice;
   *     null for none
   */
  record SendMessage(
      String conversationId, String content, boolean interrupt, @Nullable String messageId)
      implements ConversationCommand {
    @Override
    public <T> T deliverTo(SteeringHandler<T> handler) {
      return handler.onSendMessage(this);
    }
  }

  /**
   * Cuts short whoever speaks.
   *
   * @param messageId the one answer to cut; null for all
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

  /** Lets nobody take the floor after whoever speaks now. */
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
   * Answers what the conversation waits for.
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

  /** Asks for the conversations that the user may see. */
  record ListConversations() implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onListConversations();
    }
  }

  /**
   * Says who the viewer is.
   *
   * @param token what proves it; a secret
   */
  record Authenticate(String token) implements ClientCommand {
    @Override
    public void deliverTo(Handler handler) {
      handler.onAuthenticate(this);
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Authenticate[]";
    }
  }

  /** Asks for a pong. */
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
