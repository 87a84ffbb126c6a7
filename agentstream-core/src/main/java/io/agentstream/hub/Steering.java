package io.agentstream.hub;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries out commands on a conversation of this process. */
record Steering(
    Conversation conversation,
    Function<RenameConversation, CompletionStage<SteeringOutcome>> rename,
    Supplier<CompletionStage<SteeringOutcome>> delete)
    implements SteeringHandler<CompletionStage<SteeringOutcome>> {

  @Override
  public CompletionStage<SteeringOutcome> onSendMessage(SendMessage command) {
    return conversation.say(
        PersonMessage.of(command.content()).at(command.delivery()).withId(command.messageId()));
  }

  @Override
  public CompletionStage<SteeringOutcome> onStopSpeaker(StopSpeaker command) {
    return command.messageId() == null
        ? conversation.stopSpeaker()
        : conversation.stopSpeaker(command.messageId());
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
    return rename.apply(command);
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
  public CompletionStage<SteeringOutcome> onAuthored(Authored command) {
    return command
        .command()
        .deliverTo(new Steering(conversation.by(command.author()), rename, delete));
  }

  @Override
  public CompletionStage<SteeringOutcome> onDeleteConversation(DeleteConversation command) {
    return delete.get();
  }
}
