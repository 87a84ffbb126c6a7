package io.agentstream.viewer.internal;

import io.agentstream.wire.SharingCommand;

/** Makes, lists or ends links for one request. */
record SharingRequest(RequestScope scope, SharingCommand command) {

  /** Carries out the command after the earlier ones to the same conversation. */
  void carryOut() {
    Visitor visitor = scope.asker.in(command.conversationId());
    scope.inTurn(
        RequestScope.conversationLane(command.conversationId()),
        () ->
            scope.reply.whenDone(scope.conversations.share(command, visitor), scope.reply::answer));
  }
}
