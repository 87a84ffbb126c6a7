package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.ErrorCode;
import io.agentstream.http.door.HttpCall;
import io.agentstream.wire.ProtocolException;
import java.util.Set;

/**
 * Carries out any command as a WebSocket sends it, and answers with the frame that replies, an
 * error too. The browser client uses it where a WebSocket cannot be had.
 */
final class AnyCommandRoute implements Action {

  private static final int OK = 200;

  /** These change or need a connection, and the connection of a call ends with its response. */
  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          "join_conversation", "leave_conversation", "import_conversation", "authenticate", "pong");

  @Override
  public void serve(HttpCall call, PathIds ids) {
    call.readJson(body -> submit(call, BodyJson.object(body)));
  }

  private static void submit(HttpCall call, ObjectNode command) throws ProtocolException {
    if (OF_A_CONNECTION.contains(command.path("type").asText())) {
      throw new ProtocolException(
          ErrorCode.UNKNOWN_TYPE, "This command needs a connection; see docs/http.md.", null);
    }
    call.connect(new FrameViewer(call, command.toString(), OK));
  }
}
