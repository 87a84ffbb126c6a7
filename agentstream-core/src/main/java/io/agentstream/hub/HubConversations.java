package io.agentstream.hub;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.identity.User;
import io.agentstream.journal.JournalReader;
import io.agentstream.presence.Attendee;
import io.agentstream.viewer.internal.Conversations;
import io.agentstream.viewer.internal.Party;
import io.agentstream.viewer.internal.Right;
import io.agentstream.viewer.internal.Visitor;
import io.agentstream.wire.Agents;
import io.agentstream.wire.Beginning;
import io.agentstream.wire.CatalogueCommand;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.agentstream.wire.ConversationCommand.RenameConversation;
import io.agentstream.wire.DocumentFrame;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.RosterCommand.AddAgent;
import io.agentstream.wire.SharingCommand;
import io.agentstream.wire.ViewingCommand.ListConversations;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The conversations of a hub for viewers: those on this node and, through the backplane, those of
 * other nodes.
 */
record HubConversations(
    UserCatalogue catalogue,
    ConversationLauncher launcher,
    LocalConversations local,
    Shared shared,
    Rights rights,
    Sharing sharing,
    Following following,
    Attending attending,
    Audience audience)
    implements Conversations {

  @Override
  public CompletionStage<Agents> agents(User user) {
    return catalogue.of(user);
  }

  @Override
  public CompletionStage<Agents> edit(CatalogueCommand command, User user) {
    return catalogue.edit(command, user);
  }

  @Override
  public CompletionStage<ControlFrame.Conversations> list(User user, ListConversations command) {
    return new ConversationList(shared.directory(), shared.backplane().journal(), rights.access())
        .of(user, command);
  }

  @Override
  public boolean imports() {
    return launcher.archive().imports();
  }

  @Override
  public CompletionStage<Optional<DocumentFrame.ConversationExported>> export(
      String conversationId) {
    return launcher.archive().export(conversationId);
  }

  @Override
  public CompletionStage<DocumentFrame.ConversationImported> importDocument(
      String document, User user, Party party) {
    return launcher.archive().take(document, new DocumentArchive.Taker(user, party, catalogue));
  }

  @Override
  public CompletionStage<Right> find(Visitor visitor, String conversationId) {
    return rights.of(visitor, conversationId);
  }

  @Override
  public CompletionStage<ControlFrame> share(SharingCommand command, Visitor visitor) {
    return rights
        .of(visitor, command.conversationId())
        .thenCompose(right -> sharing.carryOut(command, right));
  }

  @Override
  public void came(String conversationId, String shareId, User user) {
    sharing.came(conversationId, shareId, user);
  }

  @Override
  public CompletionStage<Optional<JournalReader>> read(String conversationId) {
    return shared.backplane().journal().read(conversationId);
  }

  @Override
  public CompletionStage<String> start(
      StartConversation command, Beginning beginning, User user, Party party)
      throws ProtocolException {
    // The key is that of the command as it was sent: the agents and teams that it names may have
    // changed when it is sent again.
    StartKey key = StartKey.of(user, party, command);
    return catalogue.start(
        command, user, resolved -> launcher.start(resolved, key, beginning, user, party));
  }

  @Override
  public CompletionStage<Optional<String>> startedBy(User user, Party party, String requestId) {
    return shared.directory().startedBy(StartKey.request(user, party, requestId));
  }

  @Override
  public CompletionStage<SteeringOutcome> steer(ConversationCommand command) {
    if (command instanceof RenameConversation rename) {
      return launcher.records().rename(rename);
    }
    return local.routeHere(command).orElseGet(() -> routeElsewhere(command));
  }

  private CompletionStage<SteeringOutcome> routeElsewhere(ConversationCommand command) {
    CompletionStage<SteeringOutcome> outcome = shared.backplane().router().route(command);
    return command instanceof DeleteConversation ? outcome.thenApply(told(command)) : outcome;
  }

  @Override
  public CompletionStage<AddAgent> resolved(AddAgent command, User user) {
    return catalogue.resolved(command, user);
  }

  /** Tells the viewers here of a conversation that was removed elsewhere. */
  private UnaryOperator<SteeringOutcome> told(ConversationCommand removal) {
    return outcome -> {
      if (outcome == SteeringOutcome.ACCEPTED) {
        local.forgotten(removal.conversationId());
      }
      return outcome;
    };
  }

  @Override
  public void attend(String conversationId, Attendee attendee) {
    attending.attend(conversationId, attendee);
  }

  @Override
  public void unattend(String conversationId, Attendee attendee) {
    attending.unattend(conversationId, attendee);
  }

  @Override
  public void renamed(String conversationId) {
    attending.renamed(conversationId);
  }

  @Override
  public void types(String conversationId, User user) {
    attending.types(conversationId, user);
  }

  @Override
  public void sent(String conversationId, User user) {
    attending.sent(conversationId, user);
  }

  @Override
  public CompletionStage<Void> follow(String conversationId) {
    return following.follow(conversationId);
  }

  @Override
  public void unfollow(String conversationId) {
    following.unfollow(conversationId);
  }

  @Override
  public void joined(String conversationId) {
    audience.joined(conversationId);
  }

  @Override
  public void left(String conversationId) {
    audience.left(conversationId);
  }
}
