package io.agentstream.viewer.internal;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.internal.UserCode;
import io.agentstream.settings.Limits;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.ConnectionCommand;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Request;
import io.agentstream.wire.Welcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The only implementation of a connection: a {@link Screen} for its output and an {@link Intake}
 * for its input.
 */
final class Connection implements ViewerConnection {

  private static final Logger log = LoggerFactory.getLogger(ViewerConnection.class);

  private final String id = ConversationBuilder.newId();
  private final ViewerContext hub;
  private final Transport transport;
  private final Consumer<Connection> onClosed;
  private final Screen screen;
  private final Intake intake;
  private final Heartbeat heartbeat;
  private final WriteWatchdog watchdog;
  private final ViewerIdentity identity;
  private final Seats seats;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CommandLanes lanes = new CommandLanes();
  private final Links links;
  private final Presences presences;
  private final Imports imports;

  // Set before the first message.
  private volatile @Nullable String network;

  /**
   * @param onClosed called once, when it is closed
   */
  Connection(
      ViewerContext hub,
      Transport transport,
      ViewerEncoder encoder,
      Handshake handshake,
      Consumer<Connection> onClosed) {
    this.hub = hub;
    this.transport = MeasuredTransport.of(transport, hub.userCode);
    this.onClosed = onClosed;
    HubSettings settings = hub.settings;
    SendOwner owner = new SendOwner();
    this.screen =
        new Screen(
            hub,
            new OutboundQueue(this.transport, owner, hub.flushInterval, hub.largeFrames),
            encoder,
            owner::sendFailed);
    this.intake = new Intake(id, hub, new IntakeOwner());
    this.imports = new Imports(hub);
    this.heartbeat =
        new Heartbeat(
            settings.clock(), settings.timeouts(), this::ping, () -> close(CloseCode.NO_PONG));
    this.watchdog =
        new WriteWatchdog(
            settings.clock(), settings.timeouts().stuckWrite(), () -> close(CloseCode.TOO_SLOW));
    this.seats = new Seats(hub.admission, this::turnAway);
    ViewerIdentity known = hub.identify(id, handshake, new IdentityOwner());
    this.identity = known;
    this.presences = new Presences(hub.conversations, screen, known::user);
    this.links = new Links(hub, screen, known::user, presences::drop, handshake);
  }

  /**
   * @param address its address; null if unknown
   */
  void open(@Nullable String address) {
    network = Party.network(address);
    if (hub.knowsUsers()) {
      seats.waitForUser(network);
    } else if (!seats.takeStranger(network)) {
      turnAway();
      return;
    }
    heartbeat.start();
    identity.begin();
  }

  private void turnAway() {
    close(CloseCode.TOO_MANY_CONNECTIONS);
  }

  private void welcome(
      boolean authenticated,
      @Nullable Duration tokenWithin,
      @Nullable Instant expiresAt,
      @Nullable String requestId) {
    Limits limits = hub.settings.limits();
    screen.answer(
        new Welcome(
            id,
            hub.settings.timeouts().heartbeat().toMillis(),
            new Welcome.Bounds(
                limits.maxMessageBytes(),
                limits.maxAgents(),
                limits.maxRounds(),
                limits.maxTopicChars(),
                hub.conversations.imports() ? limits.maxImportBytes() : null),
            authenticated,
            tokenWithin == null ? null : tokenWithin.toMillis(),
            expiresAt,
            authenticated && identity.user() != null ? Authors.of(identity.user()) : null),
        requestId);
  }

  @Override
  public void receive(String part, boolean last) {
    if (closed.get()) {
      return;
    }
    heartbeat.received();
    intake.receive(part, last);
  }

  @Override
  public void receive(Request request) {
    if (closed.get()) {
      return;
    }
    heartbeat.received();
    intake.receive(request);
  }

  @Override
  public void pongReceived() {
    heartbeat.received();
    intake.pongReceived();
  }

  @Override
  public void closed() {
    if (closed.compareAndSet(false, true)) {
      heartbeat.stop();
      watchdog.stop();
      identity.stop();
      seats.leave();
      links.close();
      presences.close();
      imports.close();
      screen.close();
      onClosed.accept(this);
    }
  }

  @Override
  public void close(CloseCode why) {
    // Some containers report a close only when the other side has answered, or never.
    closed();
    try {
      transport.close(why.code(), why.reason());
    } catch (Throwable e) {
      transportFailed("close", e);
    }
  }

  /** Closes the connection as soon as everything has been sent. */
  void closeOnceSent(CloseCode why) {
    screen.onceSent(() -> close(why));
  }

  /** Reports that the conversation is no longer kept, so that the viewer gets no further events. */
  void conversationForgotten(String conversationId) {
    links.drop(conversationId);
    presences.drop(conversationId);
    screen.forgotten(conversationId);
  }

  /** Returns true if the viewer views the conversation and has not received all of it. */
  boolean isAwaiting(String conversationId) {
    return screen.isAwaiting(conversationId);
  }

  /** Looks at the link by which the viewer came to the conversation, if it came by one. */
  void sharesChanged(String conversationId) {
    links.check(conversationId);
  }

  /** Adds this connection's waiting frames to the hub's load. */
  HubLoad load() {
    return screen.load();
  }

  /** Returns the party to which its commands count. */
  private Party party() {
    return Party.of(identity.user(), network);
  }

  private void ping() {
    if (screen.answer(new ControlFrame.Ping(), null)) {
      return;
    }
    try {
      transport.ping();
    } catch (Throwable e) {
      // A viewer that got no ping does not answer, and the heartbeat closes its connection.
      transportFailed("ping", e);
    }
  }

  private void transportFailed(String call, Throwable cause) {
    UserCode.caught(cause);
    log.warn("Connection {}: a {} failed with {}", id, call, cause.getClass().getName());
  }

  private final class IntakeOwner implements Intake.Owner {
    @Override
    public void carryOut(Request request) {
      ClientCommand command = request.command();
      ConnectionRequest own = new ConnectionRequest(identity, screen, presences, request.id());
      User user = identity.user();
      if (user != null) {
        RequestScope scope =
            new RequestScope(
                hub, screen, lanes, new Asker(user, party(), links, presences), request);
        command.deliverTo(new RequestHandler(scope, own, imports));
      } else if (command instanceof ConnectionCommand ofConnection) {
        ofConnection.deliverTo(own);
      } else {
        own.refuseStranger();
      }
    }

    @Override
    public void refuse(ErrorCode code, String message, @Nullable String requestId) {
      screen.refuse(code, message, requestId);
    }

    @Override
    public void close(CloseCode why) {
      Connection.this.close(why);
    }

    @Override
    public Party party() {
      return Connection.this.party();
    }
  }

  private final class IdentityOwner implements ViewerIdentity.Owner {
    @Override
    public void welcome(
        boolean authenticated,
        @Nullable Duration tokenWithin,
        @Nullable Instant expiresAt,
        @Nullable String requestId) {
      User user = identity.user();
      if (authenticated && user != null) {
        if (!seats.take(user)) {
          close(CloseCode.CONNECTION_LIMIT);
          return;
        }
      } else if (tokenWithin == null && !seats.takeStranger(network)) {
        turnAway();
        return;
      }
      Connection.this.welcome(authenticated, tokenWithin, expiresAt, requestId);
    }

    @Override
    public void expiring(Instant expiresAt) {
      screen.answer(new ControlFrame.AuthExpiring(expiresAt), null);
    }

    @Override
    public void refuse(ErrorCode code, String message, @Nullable String requestId) {
      screen.refuse(code, message, requestId);
    }

    @Override
    public void close(CloseCode why) {
      Connection.this.close(why);
    }
  }

  private final class SendOwner implements OutboundQueue.Owner {
    @Override
    public void sending() {
      DeliveryListener listener = hub.settings.listener();
      if (listener != null) {
        listener.onFrame();
      }
      watchdog.sending();
    }

    @Override
    public void sent() {
      watchdog.sent();
    }

    @Override
    public void sendFailed(Throwable cause) {
      // A broken connection is an IOException; for other exceptions the class is logged.
      log.atLevel(cause instanceof IOException ? Level.DEBUG : Level.WARN)
          .log("Connection {}: a send failed with {}", id, cause.getClass().getName());
      close(CloseCode.INTERNAL_ERROR);
    }

    @Override
    public void tooManyAnswers() {
      close(CloseCode.TOO_SLOW);
    }
  }
}
