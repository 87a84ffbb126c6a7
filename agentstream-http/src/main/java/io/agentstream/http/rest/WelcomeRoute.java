package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agentstream.http.door.CommandText;
import io.agentstream.http.door.HttpCall;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Welcome;
import io.agentstream.wire.internal.FrameEncoder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers with the server's welcome: its limits, and whether it knows the user. */
final class WelcomeRoute implements Action {

  private static final int OK = 200;

  @Override
  public void serve(HttpCall call, PathIds ids) {
    call.connect(new WelcomeViewer(call));
  }

  /** Sends a ping, which counts as a message of the user. */
  private static final class WelcomeViewer extends CommandViewer {

    private final HttpCall call;
    private volatile @Nullable String welcome;

    WelcomeViewer(HttpCall call) {
      super(call, CommandText.of("ping", ID, JsonNodeFactory.instance.objectNode()), OK);
      this.call = call;
    }

    @Override
    public void control(
        ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
      String told = welcome;
      if (frame instanceof Welcome) {
        welcome = FrameEncoder.control(frame, millis, null);
      } else if (frame instanceof ControlFrame.Pong && told != null) {
        if (call.begin(OK, JSON)) {
          frames.accept(call.last(told));
        }
      } else {
        super.control(frame, millis, requestId, frames);
      }
    }
  }
}
