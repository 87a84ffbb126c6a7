package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.identity.User;
import io.agentstream.internal.PersonName;
import io.agentstream.wire.ConnectionCommand.Authenticate;
import io.agentstream.wire.ConnectionCommand.ConnectionHandler;
import io.agentstream.wire.ConnectionCommand.SetName;
import io.agentstream.wire.ControlFrame;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a command that needs no user, and answers it.
 *
 * @param requestId the request's frame id; null if it has none
 */
record ConnectionRequest(
    ViewerIdentity identity, Screen screen, Presences presences, @Nullable String requestId)
    implements ConnectionHandler {

  @Override
  public void onAuthenticate(Authenticate command) {
    identity.authenticate(command.token(), requestId);
  }

  @Override
  public void onSetName(SetName command) {
    User user = identity.user();
    String name = PersonName.clean(command.name());
    if (user == null) {
      refuseStranger();
    } else if (!user.anonymous()) {
      refuse(ErrorCode.CONFLICT, "The server knows your name already.");
    } else if (name == null) {
      refuse(ErrorCode.INVALID_FIELD, "'name' must have a visible character.");
    } else if (identity.name(name)) {
      screen.answer(new ControlFrame.Named(Authors.of(user.named(name))), requestId);
      presences.renamed();
    } else {
      refuse(ErrorCode.CONFLICT, "The server knows your name already.");
    }
  }

  @Override
  public void onPing() {
    screen.answer(new ControlFrame.Pong(), requestId);
  }

  @Override
  public void onPong() {
    // Only its arrival matters, and the heartbeat has noticed it.
  }

  private void refuse(ErrorCode code, String message) {
    screen.refuse(code, message, requestId);
  }

  /** Refuses a command of a viewer whom the server does not know yet. */
  void refuseStranger() {
    refuse(ErrorCode.UNAUTHENTICATED, "The server does not know yet who asks.");
  }
}
