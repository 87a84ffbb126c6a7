package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Access;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.PresenceCommand;

/** Tells others that the sender of one request types. */
record PresenceRequest(RequestScope scope, PresenceCommand command) {

  void carryOut() {
    String id = command.conversationId();
    scope.reply.whenDone(
        scope.rightsIn(id),
        right -> {
          if (right.includes(Access.STEER)) {
            scope.conversations.types(id, scope.asker.user());
            scope.reply.answer(new ControlFrame.Accepted(id, null));
          } else if (right.includes(Access.VIEW)) {
            scope.reply.refuse(ErrorCode.NOT_FOUND, Right.NOT_TO_STEER);
          } else {
            scope.reply.notFound();
          }
        });
  }
}
