package io.agentstream.http.rest;

import io.agentstream.http.door.HttpCall;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Welcome;
import io.agentstream.wire.internal.FrameEncoder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends one command and returns the frame that replies to it, as the body of the response. */
final class FrameViewer extends CommandViewer {

  private final HttpCall call;
  private final int status;

  FrameViewer(HttpCall call, String command, int status) {
    super(call, command, status);
    this.call = call;
    this.status = status;
  }

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    if (frame instanceof ControlFrame.Named && ViewerName.ID.equals(requestId)) {
      named();
    } else if (!isNotice(frame) && call.begin(status, JSON)) {
      frames.accept(call.last(FrameEncoder.control(frame, millis, requestId)));
    }
  }

  private static boolean isNotice(ControlFrame frame) {
    return frame instanceof Welcome
        || frame instanceof ControlFrame.Ping
        || frame instanceof ControlFrame.AuthExpiring;
  }
}
