package io.agentstream.viewer.internal;

import io.agentstream.identity.Handshake;
import io.agentstream.internal.UserCode;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.CloseCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of a hub. Thread-safe; no method blocks. */
public final class Viewers {

  private static final Duration LAST_FRAMES = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(ViewerConnection.class);

  private final HubSettings settings;
  private final ConnectionSettings rules;
  private final ViewerContext context;
  private final HandshakeLog handshakeLog;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;
  private volatile @Nullable Runnable onceAlone;
  private volatile boolean closed;

  /** Begins without any connection. */
  public Viewers(
      HubSettings settings,
      ConnectionSettings rules,
      Conversations conversations,
      Admission admission) {
    this.settings = settings;
    this.rules = rules;
    this.context = new ViewerContext(settings, rules, conversations, admission);
    this.handshakeLog = new HandshakeLog(settings.limits().connectionsPerAddress());
  }

  /**
   * Takes a connection, and welcomes it as soon as it is clear whether it has to authenticate; one
   * that may not come is closed at once.
   */
  public ViewerConnection admit(Transport transport, ViewerEncoder encoder, Handshake handshake) {
    Connection connection = new Connection(context, transport, encoder, handshake, this::forget);
    if (!rules.hosts().allows(handshake) || !rules.origins().allows(handshake)) {
      handshakeLog.foreignOrigin(handshake);
      connection.close(CloseCode.ORIGIN_NOT_ALLOWED);
      return connection;
    }
    if (Encoders.isOriginal(encoder) && !rules.originalDialect()) {
      connection.close(CloseCode.UNKNOWN_VERSION);
      return connection;
    }
    if (draining && !closed) {
      connection.close(CloseCode.TRY_AGAIN_LATER);
      return connection;
    }
    connections.add(connection);
    open(connection, handshake);
    // Looked at only now: either close() found the connection, or it is found closed here.
    if (closed) {
      connection.close(CloseCode.GOING_AWAY);
    }
    return connection;
  }

  /** If opening it throws, it is closed and not left behind. */
  private void open(Connection connection, Handshake handshake) {
    try {
      String address = rules.clientAddress().apply(handshake);
      handshakeLog.address(address, handshake);
      connection.open(address);
    } catch (Throwable e) {
      UserCode.caught(e);
      log.error("A connection could not be opened, perhaps since clientAddress failed", e);
      connection.close(CloseCode.INTERNAL_ERROR);
    }
  }

  /** Returns the network that a client counts for; null if unknown. */
  public @Nullable String network(Handshake handshake) {
    return Party.network(rules.clientAddress().apply(handshake));
  }

  private void forget(Connection connection) {
    connections.remove(connection);
    context.snapshotFrames.dropOld();
    tellAlone();
  }

  /** Takes the conversation, which is no longer kept, from all who view it. */
  public void forgotten(String conversationId) {
    connections.forEach(connection -> connection.conversationForgotten(conversationId));
    // Not before: a viewer could still ask for the frame.
    context.snapshotFrames.forget(conversationId);
  }

  /** Returns true if a viewer of the conversation has not received all of it. */
  public boolean isAwaited(String conversationId) {
    return connections.stream().anyMatch(connection -> connection.isAwaiting(conversationId));
  }

  /** Looks at the links of all who view this conversation by one, because links have changed. */
  public void sharesChanged(String conversationId) {
    connections.forEach(connection -> connection.sharesChanged(conversationId));
  }

  /** Turns further connections away, with 1013. */
  public void drain() {
    draining = true;
  }

  /** Returns true once {@link #drain} or {@link #close} was called. */
  public boolean isDraining() {
    return draining || closed;
  }

  /**
   * Closes each connection, also later ones, with 1001 once its viewer has what there is.
   *
   * @return done when none is left, or after a second
   */
  public CompletionStage<Void> closeOnceSent() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    closed = true;
    Alarm alarm = settings.clock().schedule(LAST_FRAMES, () -> done.complete(null));
    onceAlone =
        () -> {
          alarm.cancel();
          done.complete(null);
        };
    connections.forEach(connection -> connection.closeOnceSent(CloseCode.GOING_AWAY));
    tellAlone();
    return done;
  }

  private void tellAlone() {
    Runnable told = onceAlone;
    if (told != null && connections.isEmpty()) {
      onceAlone = null;
      told.run();
    }
  }

  /** Closes every connection, also later ones, with 1001. */
  public void close() {
    closed = true;
    connections.forEach(connection -> connection.close(CloseCode.GOING_AWAY));
  }

  /** Returns what the connections add to a hub's load; goes through all of them. */
  public HubLoad load() {
    HubLoad waiting =
        new HubLoad(0, 0, 0, 0, 0, 0, context.admission.waitingRoom.size(), 0, 0, isDraining());
    return connections.stream().map(Connection::load).reduce(waiting, HubLoad::plus);
  }
}
