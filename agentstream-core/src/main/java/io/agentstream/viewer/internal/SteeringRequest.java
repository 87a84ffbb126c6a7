package io.agentstream.viewer.internal;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Access;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.Authored;
import io.agentstream.wire.ConversationCommand.CallOn;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.agentstream.wire.ConversationCommand.EditMessage;
import io.agentstream.wire.ConversationCommand.InputResponse;
import io.agentstream.wire.ConversationCommand.RenameConversation;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.ConversationCommand.UnpauseConversation;
import io.agentstream.wire.ConversationCommand.WithdrawMessage;
import io.agentstream.wire.RosterCommand;
import io.agentstream.wire.RosterCommand.AddAgent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends one command to a conversation and answers with the outcome. */
final class SteeringRequest {

  /** How long the events of a conversation wait for the reply to a command that concerns it. */
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

  private final RequestScope scope;
  private final Conversations conversations;
  private final Screen screen;
  private final Reply reply;
  private final ConversationCommand command;

  SteeringRequest(RequestScope scope, ConversationCommand command) {
    this.scope = scope;
    this.conversations = scope.conversations;
    this.screen = scope.screen;
    this.reply = scope.reply;
    this.command = command;
  }

  /** Carries out the command after the earlier ones to the same conversation. */
  void carryOut() {
    scope.inTurn(RequestScope.conversationLane(command.conversationId()), this::steerInTurn);
  }

  private CompletionStage<?> steerInTurn() {
    String id = command.conversationId();
    screen.hold(id);
    CompletableFuture<Void> released = new CompletableFuture<>();
    CompletionStage<Void> carriedOut =
        reply
            .whenDone(scope.rightsIn(id).thenCompose(right -> steer(right)), done -> {})
            .whenComplete((done, failure) -> released.complete(null));
    if (released.isDone()) {
      screen.release(id);
    } else {
      // A store that is slow to commit must not keep the events from its viewers.
      Alarm alarm =
          scope.hub.settings.clock().schedule(LONGEST_HOLD, () -> released.complete(null));
      CompletionStage<Void> unused =
          released.thenRun(
              () -> {
                alarm.cancel();
                screen.release(id);
              });
    }
    return carriedOut;
  }

  private CompletionStage<Void> steer(Right right) {
    if (right.includes(Access.STEER)) {
      return command instanceof AddAgent addition
          ? conversations.resolved(addition, scope.asker.user()).thenCompose(this::steer)
          : steer(command);
    }
    if (right.includes(Access.VIEW)) {
      reply.refuse(ErrorCode.NOT_FOUND, Right.NOT_TO_STEER);
    } else {
      reply.notFound();
    }
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> steer(ConversationCommand ready) {
    return conversations.steer(authored(ready)).thenAccept(this::answer);
  }

  /** Returns the command with its sender, if events are to tell who it was. */
  private ConversationCommand authored(ConversationCommand ready) {
    boolean hasNoEvent = ready instanceof RenameConversation || ready instanceof DeleteConversation;
    return hasNoEvent ? ready : new Authored(ready, Authors.of(scope.asker.user()));
  }

  private void answer(SteeringOutcome outcome) {
    switch (outcome) {
      case ACCEPTED -> accepted();
      case NOT_FOUND -> notFound();
      case CONFLICT ->
          reply.refuse(ErrorCode.CONFLICT, "The conversation is not in a state for it.");
      case INVALID ->
          reply.refuse(
              ErrorCode.INVALID_FIELD,
              command instanceof SendMessage
                  ? "'message_id' (Idempotency-Key) belongs to another message: send a new one."
                  : "'content' must be one of the choices.");
      case LIMIT_EXCEEDED ->
          reply.refuse(
              ErrorCode.LIMIT_EXCEEDED,
              "The conversation is full, or too many messages wait, or too many conversations"
                  + " run.");
      case RATE_LIMITED -> reply.refuse(Refusal.TOO_MANY_STARTS);
      case BUDGET_EXCEEDED -> reply.refuse(Refusal.BUDGET);
      case UNAVAILABLE -> unavailable();
    }
  }

  private void unavailable() {
    if (command instanceof UnpauseConversation) {
      reply.refuse(
          ErrorCode.UNAVAILABLE,
          "The server has paused its conversations itself and will continue them.");
    } else if (command instanceof EditMessage || command instanceof WithdrawMessage) {
      reply.refuse(ErrorCode.UNAVAILABLE, "The server could not record the change; send it again.");
    } else {
      reply.refuse(Refusal.SERVER_BUSY);
    }
  }

  private void accepted() {
    if (command instanceof SendMessage) {
      conversations.sent(command.conversationId(), scope.asker.user());
    }
    reply.answer(new ControlFrame.Accepted(command.conversationId(), null));
  }

  private void notFound() {
    String problem = missing();
    if (problem == null) {
      reply.notFound();
      return;
    }
    reply.whenDone(
        conversations.read(command.conversationId()),
        reader -> {
          if (reader.isEmpty()) {
            reply.notFound();
          } else {
            reply.refuse(ErrorCode.NOT_FOUND, problem);
          }
        });
  }

  /** Returns what a conversation that exists does not have; null if the command needs nothing. */
  private @Nullable String missing() {
    if (command instanceof InputResponse) {
      return "The conversation does not wait for this answer, or its owner alone may give it.";
    }
    if (command instanceof AddAgent) {
      return "No agent of this name can be added; see list_agents.";
    }
    if (command instanceof CallOn || command instanceof RosterCommand) {
      return "The conversation has no such participant.";
    }
    boolean ofQueue = command instanceof EditMessage || command instanceof WithdrawMessage;
    return ofQueue ? "The message does not wait, or no longer." : null;
  }
}
