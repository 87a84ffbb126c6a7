package io.agentstream.examples.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.WebSocketRoute;
import java.time.Instant;

/**
 * A server whose authentications end, as a page sees it: it takes the first token for five minutes
 * and warns at once, and takes any other for an hour.
 */
final class ExpiringServer {

  private static final int EXPIRED = 4001;
  private static final int NOT_AUTHENTICATED = 4500;

  private final String first;
  private boolean endsAtOnce;
  private boolean used;

  ExpiringServer(String first) {
    this.first = first;
  }

  /** The first authentication ends with the warning. */
  ExpiringServer andEndsAtOnce() {
    endsAtOnce = true;
    return this;
  }

  /** Answers the pages of {@code context} in place of their server. */
  void behind(BrowserContext context) {
    context.routeWebSocket("**/ws", this::serve);
  }

  private void serve(WebSocketRoute socket) {
    socket.onMessage(frame -> take(socket, frame.text()));
    welcome(socket, "\"authenticated\":false,\"authenticate_within_ms\":5000");
  }

  private void take(WebSocketRoute socket, String frame) {
    if (!frame.contains("\"authenticate\"")) {
      answer(socket, frame);
    } else if (!frame.contains(first)) {
      authenticated(socket, 3600);
    } else if (used) {
      close(socket, NOT_AUTHENTICATED);
    } else {
      used = true;
      String end = authenticated(socket, 300);
      socket.send("{\"type\":\"auth_expiring\",\"data\":{\"expires_at\":\"%s\"}}".formatted(end));
      if (endsAtOnce) {
        close(socket, EXPIRED);
      }
    }
  }

  private static String authenticated(WebSocketRoute socket, int seconds) {
    String end = Instant.now().plusSeconds(seconds).toString();
    welcome(socket, "\"authenticated\":true,\"expires_at\":\"" + end + "\"");
    return end;
  }

  private static void welcome(WebSocketRoute socket, String identity) {
    socket.send(
        """
        {"type": "welcome", "timestamp": "%s",
          "data": {"connection_id": "c", "heartbeat_ms": 20000, "limits": {}, %s}}
        """
            .formatted(Instant.now(), identity));
  }

  private static void answer(WebSocketRoute socket, String command) {
    String id = command.replaceAll("(?s).*\"id\":\"(\\w+)\".*", "$1");
    String reply =
        command.contains("list_agents")
            ? "\"type\": \"agents\", \"data\": {\"agents\": [], \"speaker_selections\":"
                + " [\"random\"]}"
            : "\"type\": \"conversations\", \"data\": {\"conversations\": []}";
    socket.send("{%s, \"in_reply_to\": \"%s\"}".formatted(reply, id));
  }

  private static void close(WebSocketRoute socket, int code) {
    socket.close(new WebSocketRoute.CloseOptions().setCode(code));
  }
}
