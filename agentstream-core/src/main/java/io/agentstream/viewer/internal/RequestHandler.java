package io.agentstream.viewer.internal;

import io.agentstream.wire.CatalogueCommand;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ConnectionCommand;
import io.agentstream.wire.ConnectionCommand.ConnectionHandler;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.DocumentCommand;
import io.agentstream.wire.PresenceCommand;
import io.agentstream.wire.SharingCommand;
import io.agentstream.wire.ViewingCommand;

/**
 * Carries out one request of a known user and sends the reply.
 *
 * @param own carries out the commands of the connection itself
 * @param imports puts the parts together that the connection sends
 */
record RequestHandler(RequestScope scope, ConnectionHandler own, Imports imports)
    implements ClientCommand.Handler {

  @Override
  public void onCatalogueCommand(CatalogueCommand command) {
    scope.answerInTurn(() -> scope.conversations.edit(command, scope.asker.user()));
  }

  @Override
  public void onConnectionCommand(ConnectionCommand command) {
    command.deliverTo(own);
  }

  @Override
  public void onConversationCommand(ConversationCommand command) {
    new SteeringRequest(scope, command).carryOut();
  }

  @Override
  public void onPresenceCommand(PresenceCommand command) {
    new PresenceRequest(scope, command).carryOut();
  }

  @Override
  public void onSharingCommand(SharingCommand command) {
    new SharingRequest(scope, command).carryOut();
  }

  @Override
  public void onDocumentCommand(DocumentCommand command) {
    command.deliverTo(new DocumentRequest(scope, imports));
  }

  @Override
  public void onViewingCommand(ViewingCommand command) {
    command.deliverTo(new ViewingRequest(scope));
  }
}
