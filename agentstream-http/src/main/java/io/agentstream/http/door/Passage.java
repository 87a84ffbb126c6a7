package io.agentstream.http.door;

import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Handshake;
import io.agentstream.internal.LibraryCode;
import io.agentstream.internal.UserCode;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Welcome;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's connection to the hub. It authenticates the user before the viewer begins, and answers
 * pings in the client's place, because the client of a response cannot.
 */
final class Passage implements Transport, ViewerEncoder, LibraryCode {

  private static final String BEARER = "bearer ";
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(10);

  private final HttpCall call;
  private final HttpViewer viewer;
  private boolean tokenSent;

  // Guarded by this.
  private @Nullable ViewerConnection connection;
  private @Nullable Consumer<ViewerConnection> waiting;
  private Runnable unwatch = () -> {};
  private boolean left;

  Passage(HttpCall call, HttpViewer viewer) {
    this.call = call;
    this.viewer = viewer;
  }

  void open(ConversationHub hub) {
    ViewerConnection opened = hub.connect(this, this, call.handshake());
    Runnable stopWatching = call.watchLogin(() -> opened.close(CloseCode.AUTHENTICATION_EXPIRED));
    Consumer<ViewerConnection> next;
    boolean over;
    synchronized (this) {
      connection = opened;
      unwatch = stopWatching;
      next = waiting;
      waiting = null;
      over = left;
    }
    if (over) {
      stopWatching.run();
      opened.closed();
    } else if (next != null) {
      next.accept(opened);
    }
  }

  /** Calls {@code next} with the connection, which the hub may not have returned yet. */
  private void whenConnected(Consumer<ViewerConnection> next) {
    ViewerConnection open;
    synchronized (this) {
      open = connection;
      if (open == null) {
        waiting = next;
      }
    }
    if (open != null) {
      next.accept(open);
    }
  }

  /** Leaves the hub; the response may still be sent. */
  void leave() {
    ViewerConnection open;
    Runnable stopWatching;
    synchronized (this) {
      left = true;
      open = connection;
      stopWatching = unwatch;
    }
    stopWatching.run();
    if (open != null) {
      open.closed();
    }
  }

  /** Leaves the hub as soon as the viewer has done what it has to do at the end. */
  void end(boolean complete, ChatClock clock) {
    CompletionStage<?> done;
    try {
      done = viewer.ended(complete);
    } catch (Throwable e) {
      UserCode.caught(e);
      Defects.log(e);
      done = CompletableFuture.completedStage(null);
    }
    ChatClock.Alarm latest = clock.schedule(LONGEST_FAREWELL, this::leave);
    CompletionStage<?> unused =
        done.whenComplete(
            (result, failure) -> {
              latest.cancel();
              leave();
            });
  }

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    if (frame instanceof Welcome welcome && welcome.authenticateWithinMs() != null) {
      authenticate();
      return;
    }
    viewer.control(frame, millis, requestId, frames);
    if (frame instanceof Welcome) {
      whenConnected(viewer::ready);
    } else if (frame instanceof ControlFrame.Ping) {
      // A client that takes no bytes is found by the time limit for a write.
      whenConnected(ViewerConnection::pongReceived);
    }
  }

  private void authenticate() {
    String token = tokenSent ? null : bearerToken(call.handshake());
    tokenSent = true;
    if (token == null) {
      call.refuse(HttpProblem.ofClose(CloseCode.NOT_AUTHENTICATED.code(), ""));
    } else {
      whenConnected(open -> open.receive(CommandText.authenticate(token), true));
    }
  }

  private static @Nullable String bearerToken(Handshake handshake) {
    String header = handshake.header("Authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return null;
    }
    String token = header.substring(BEARER.length()).strip();
    return token.isEmpty() ? null : token;
  }

  @Override
  public @Nullable Object user() {
    return UserCode.isOf(Passage.class, viewer.getClass()) ? null : viewer;
  }

  @Override
  public ConversationEncoder conversation(String conversationId) {
    return viewer.conversation(conversationId);
  }

  @Override
  public void send(String message, Consumer<@Nullable Throwable> onSent) {
    call.send(message, onSent);
  }

  @Override
  public void ping() {
    // Answered in control.
  }

  @Override
  public void close(int code, String reason) {
    call.closedByHub(code, reason, viewer.lastWords(code, reason));
  }
}
