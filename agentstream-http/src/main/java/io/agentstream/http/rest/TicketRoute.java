package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agentstream.http.door.CommandText;
import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.Tickets;
import io.agentstream.wire.ControlFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives a known user a ticket for one stream. */
final class TicketRoute implements Action {

  private static final int CREATED = 201;

  @Override
  public void serve(HttpCall call, PathIds ids) {
    call.readJson(body -> call.connect(new TicketViewer(call)));
  }

  /** Sends a ping, so that a request for a ticket counts as a message of the user. */
  private static final class TicketViewer extends CommandViewer {

    private final HttpCall call;

    TicketViewer(HttpCall call) {
      super(call, CommandText.of("ping", ID, JsonNodeFactory.instance.objectNode()), CREATED);
      this.call = call;
    }

    @Override
    public void control(
        ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
      if (frame instanceof ControlFrame.Pong && call.begin(CREATED, JSON)) {
        frames.accept(call.last(ticket()));
      } else {
        super.control(frame, millis, requestId, frames);
      }
    }

    private String ticket() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("ticket", call.tickets().issue(call.handshake()))
          .put("expires_in_ms", Tickets.LIFETIME.toMillis())
          .toString();
    }
  }
}
