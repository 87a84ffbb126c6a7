package io.agentstream.viewer.internal;

import io.agentstream.identity.Access;
import io.agentstream.wire.DocumentCommand.DocumentHandler;
import io.agentstream.wire.DocumentCommand.ExportConversation;
import io.agentstream.wire.DocumentCommand.ImportConversation;
import io.agentstream.wire.DocumentFrame.ConversationExported;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Carries out one request for a document, or a part of one.
 *
 * @param imports puts the parts together that the connection sends
 */
record DocumentRequest(RequestScope scope, Imports imports) implements DocumentHandler {

  @Override
  public void onExportConversation(ExportConversation command) {
    String id = command.conversationId();
    scope.answerInTurn(
        () ->
            scope
                .rightsIn(id)
                .thenCompose(
                    right ->
                        right.includes(Access.VIEW)
                            ? scope.conversations.export(id)
                            : CompletableFuture.completedStage(
                                Optional.<ConversationExported>empty()))
                .thenCompose(
                    exported ->
                        exported.isPresent()
                            ? CompletableFuture.completedStage(exported.get())
                            : CompletableFuture.failedStage(Reply.noSuchConversation())));
  }

  @Override
  public void onImportConversation(ImportConversation command) {
    imports.receive(command, scope.asker, scope.reply);
  }
}
