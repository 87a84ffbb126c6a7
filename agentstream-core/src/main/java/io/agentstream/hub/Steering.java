package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.PersonMessage;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.wire.ConversationCommand.Authored;
import io.agentstream.wire.ConversationCommand.CallOn;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.agentstream.wire.ConversationCommand.EditMessage;
import io.agentstream.wire.ConversationCommand.InputResponse;
import io.agentstream.wire.ConversationCommand.PauseConversation;
import io.agentstream.wire.ConversationCommand.RenameConversation;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.ConversationCommand.SteeringHandler;
import io.agentstream.wire.ConversationCommand.StopConversation;
import io.agentstream.wire.ConversationCommand.StopSpeaker;
import io.agentstream.wire.ConversationCommand.UnpauseConversation;
import io.agentstream.wire.ConversationCommand.WithdrawMessage;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.RosterCommand.AddAgent;
import io.agentstream.wire.RosterCommand.MuteAgent;
import io.agentstream.wire.RosterCommand.RemoveAgent;
import io.agentstream.wire.RosterCommand.UnmuteAgent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Carries out commands on a conversation of this process. */
record Steering(Conversation conversation, Changes changes)
    implements SteeringHandler<CompletionStage<SteeringOutcome>> {

  /** Carries out the commands that need more than a conversation. */
  interface Changes {
    CompletionStage<SteeringOutcome> rename(RenameConversation command);

    CompletionStage<SteeringOutcome> delete();

    /**
     * Returns the agent of the catalogue that the command names.
     *
     * @throws ProtocolException if there is none
     */
    Agent agent(AddAgent command) throws ProtocolException;
  }

  @Override
  public CompletionStage<SteeringOutcome> onSendMessage(SendMessage command) {
    return conversation.say(
        PersonMessage.of(command.content()).at(command.delivery()).withId(command.messageId()));
  }

  @Override
  public CompletionStage<SteeringOutcome> onStopSpeaker(StopSpeaker command) {
    String id = command.speakerId();
    return id == null ? conversation.stopSpeaker() : conversation.stopSpeaker(id);
  }

  @Override
  public CompletionStage<SteeringOutcome> onStopConversation(StopConversation command) {
    conversation.stop();
    return CompletableFuture.completedStage(SteeringOutcome.ACCEPTED);
  }

  @Override
  public CompletionStage<SteeringOutcome> onPauseConversation(PauseConversation command) {
    return conversation.pause();
  }

  @Override
  public CompletionStage<SteeringOutcome> onUnpauseConversation(UnpauseConversation command) {
    return conversation.unpause();
  }

  @Override
  public CompletionStage<SteeringOutcome> onInputResponse(InputResponse command) {
    return conversation.input(command.requestId(), command.content());
  }

  @Override
  public CompletionStage<SteeringOutcome> onRenameConversation(RenameConversation command) {
    return changes.rename(command);
  }

  @Override
  public CompletionStage<SteeringOutcome> onEditMessage(EditMessage command) {
    return conversation.edit(command.queueId(), command.content());
  }

  @Override
  public CompletionStage<SteeringOutcome> onWithdrawMessage(WithdrawMessage command) {
    return conversation.withdraw(command.queueId());
  }

  @Override
  public CompletionStage<SteeringOutcome> onCallOn(CallOn command) {
    return conversation.callOn(command.agentName());
  }

  @Override
  public CompletionStage<SteeringOutcome> onMuteAgent(MuteAgent command) {
    return conversation.mute(command.agentName());
  }

  @Override
  public CompletionStage<SteeringOutcome> onUnmuteAgent(UnmuteAgent command) {
    return conversation.unmute(command.agentName());
  }

  @Override
  public CompletionStage<SteeringOutcome> onAddAgent(AddAgent command) {
    return conversation
        .bringBack(command.agentName())
        .thenCompose(
            outcome ->
                outcome == SteeringOutcome.NOT_FOUND
                    ? addFromCatalogue(command)
                    : CompletableFuture.completedStage(outcome));
  }

  private CompletionStage<SteeringOutcome> addFromCatalogue(AddAgent command) {
    try {
      return conversation.add(changes.agent(command), command.definitions());
    } catch (ProtocolException e) {
      return CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
    }
  }

  @Override
  public CompletionStage<SteeringOutcome> onRemoveAgent(RemoveAgent command) {
    return conversation.remove(command.agentName());
  }

  @Override
  public CompletionStage<SteeringOutcome> onAuthored(Authored command) {
    return command.command().deliverTo(new Steering(conversation.by(command.author()), changes));
  }

  @Override
  public CompletionStage<SteeringOutcome> onDeleteConversation(DeleteConversation command) {
    return changes.delete();
  }
}
