package io.agentstream.wire;

import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import org.jspecify.annotations.Nullable;

/** A command to a conversation, which only the node that runs the conversation can carry out. */
public sealed interface ConversationCommand extends ClientCommand
    permits ConversationCommand.Authored,
        ConversationCommand.CallOn,
        ConversationCommand.DeleteConversation,
        ConversationCommand.EditMessage,
        ConversationCommand.InputResponse,
        ConversationCommand.PauseConversation,
        ConversationCommand.RenameConversation,
        ConversationCommand.SendMessage,
        ConversationCommand.StopConversation,
        ConversationCommand.StopSpeaker,
        ConversationCommand.UnpauseConversation,
        ConversationCommand.WithdrawMessage,
        RosterCommand {

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

    T onMuteAgent(RosterCommand.MuteAgent command);

    T onUnmuteAgent(RosterCommand.UnmuteAgent command);

    T onAddAgent(RosterCommand.AddAgent command);

    T onRemoveAgent(RosterCommand.RemoveAgent command);

    T onAuthored(Authored command);
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
   * @param messageId the message to cut; null for {@code requestId}
   * @param requestId the question to a person whose turn is skipped; null, if {@code messageId} is
   *     null too, for all current messages, and for the turns of all people who are asked
   */
  record StopSpeaker(String conversationId, @Nullable String messageId, @Nullable String requestId)
      implements ConversationCommand {

    /** Stops one speaker, or all. */
    public StopSpeaker(String conversationId, @Nullable String messageId) {
      this(conversationId, messageId, null);
    }

    /** Returns the id of the message or of the question; null for all. */
    public @Nullable String speakerId() {
      return messageId == null ? requestId : messageId;
    }

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
}
