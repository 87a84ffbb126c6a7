package io.agentstream.delivery;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.AllowedHosts;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.internal.UserCode;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.ClientCommand.StartConversation;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.CommandDecoder;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where conversations and viewers meet: the catalogue of agents, the conversations under way, and
 * the connections that view them. One for each server; safe from any thread; no method blocks.
 *
 * <pre>{@code
 * ConversationHub hub = ConversationHub.builder().agents(optimist, sceptic).build();
 * }</pre>
 */
public final class ConversationHub implements AutoCloseable {

  private static final Duration LAST_FRAMES = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(ConversationHub.class);

  private final Timeouts timeouts;
  private final Limits limits;
  private final ChatClock clock;
  private final HubClock ownClock;
  private final Executor executor;
  private final Backplane backplane;
  private final CommandDecoder decoder;
  private final @Nullable Authenticator authenticator;
  private final ConversationAccess access;
  private final AllowedOrigins allowedOrigins;
  private final AllowedHosts allowedHosts;
  private final Directory directory;
  private final @Nullable DeliveryListener listener;

  private final Admission admission;
  private final Meters meters;
  private final boolean originalDialect;
  private final Audience audience;
  private final SnapshotFrames snapshotFrames;
  private final LargeFrames largeFrames = LargeFrames.ofThisHeap();
  private final HandshakeLog handshakeLog;
  private final @Nullable FlushInterval flushInterval;
  private final Function<Handshake, @Nullable String> clientAddress;

  private final Catalogue catalogue;
  private final LocalConversations conversations = new LocalConversations();
  private final ConversationLauncher launcher;
  private final Set<ViewerConnection> connections = ConcurrentHashMap.newKeySet();
  private final ClockBeat beat;
  private volatile boolean draining;
  private volatile @Nullable Runnable onceAlone;
  private volatile boolean closed;

  ConversationHub(ConversationHubBuilder builder) {
    this.timeouts = builder.timeouts;
    this.limits = builder.limits;
    this.clock = builder.clock;
    this.ownClock = new HubClock(clock);
    this.beat = new ClockBeat(clock);
    this.executor = builder.executorOrDefault();
    this.backplane = builder.backplaneOrOwn();
    this.decoder = new CommandDecoder(limits);
    this.authenticator = builder.authenticator;
    this.access = builder.access;
    this.allowedOrigins = builder.allowedOrigins;
    this.allowedHosts = builder.allowedHosts;
    this.admission = new Admission(limits, builder.quotas, clock);
    this.meters = Meters.of(limits, builder.quotas, clock, admission, executor);
    this.originalDialect = builder.originalDialect;
    this.audience = new Audience(ownClock, timeouts.unviewed(), this::orphaned);
    this.snapshotFrames = new SnapshotFrames(clock);
    this.flushInterval = builder.flushIntervalOrNone();
    this.clientAddress = builder.clientAddress;
    this.handshakeLog = new HandshakeLog(limits.connectionsPerAddress());
    this.listener = SeveralListeners.guarded(builder.listeners);
    Directory shared = backplane.directory();
    this.directory = shared != null ? shared : new NoDirectory();
    this.catalogue = new Catalogue(builder);
    this.launcher =
        new ConversationLauncher(
            catalogue,
            conversations,
            backplane,
            directory,
            audience,
            ownClock,
            timeouts,
            meters,
            listener);
    conversations.onForgotten(
        id -> connections.forEach(connection -> connection.conversationForgotten(id)));
    if (listener != null) {
      listener.onHub(this::load);
    }
    backplane.ownership().start(new HubNode(conversations, journal(), launcher::restore));
  }

  /** Begins a hub. */
  public static ConversationHubBuilder builder() {
    return new ConversationHubBuilder();
  }

  /**
   * A viewer has connected in a way of which nothing is known; see {@link #connect(Transport,
   * boolean, Handshake)}.
   */
  public ViewerConnection connect(Transport transport, boolean original) {
    return connect(transport, original, Handshake.none());
  }

  /**
   * A viewer has connected; it is welcomed as soon as it is clear whether it has to authenticate.
   *
   * @param original whether to speak the original dialect, for a connection without a subprotocol
   * @param handshake how the connection began: who it is may follow from it, and a page of another
   *     origin than is allowed, or under another host, is closed with 4502
   */
  public ViewerConnection connect(Transport transport, boolean original, Handshake handshake) {
    ViewerConnection connection = new ViewerConnection(this, transport, original, handshake);
    if (!allowedHosts.allows(handshake) || !allowedOrigins.allows(handshake)) {
      handshakeLog.foreignOrigin(handshake);
      connection.close(CloseCode.ORIGIN_NOT_ALLOWED);
      return connection;
    }
    if (original && !originalDialect) {
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

  /** Where what opens it throws, it is closed and not left behind. */
  private void open(ViewerConnection connection, Handshake handshake) {
    try {
      String address = clientAddress.apply(handshake);
      handshakeLog.address(address, handshake);
      connection.open(address);
    } catch (Throwable e) {
      UserCode.caught(e);
      log.error("A connection could not be opened, perhaps since clientAddress failed", e);
      connection.close(CloseCode.INTERNAL_ERROR);
    }
  }

  /**
   * Starts a conversation that is nobody's: unless {@link ConversationHubBuilder#access} says
   * otherwise, whoever knows its id may join and steer it.
   *
   * @param chat who talks
   * @param topic what about; not blank
   */
  public Conversation start(GroupChat chat, String topic) {
    return start(chat, topic, null);
  }

  /**
   * Starts a conversation that viewers can join by its id. No other node can go on with it, since
   * it need not come from the catalogue.
   *
   * @param chat who talks
   * @param topic what about; not blank
   * @param owner whose it is; null for nobody's
   */
  public Conversation start(GroupChat chat, String topic, @Nullable User owner) {
    return launcher.start(chat, topic, owner);
  }

  /** The conversations that run here or have ended and are still kept, in no order. */
  public Collection<Conversation> conversations() {
    return conversations.all();
  }

  /**
   * Gets ready to go down: starts are refused with {@code unavailable}, new connections with 1013,
   * and no further turn begins. When whoever speaks has finished, or after {@link
   * Timeouts#drain()}, the hub closes.
   *
   * @return done when it has closed
   */
  public CompletionStage<Void> drain() {
    draining = true;
    CompletableFuture<Void> finished =
        CompletableFuture.allOf(
            conversations.all().stream()
                .map(Conversation::drain)
                .toArray(CompletableFuture<?>[]::new));
    Alarm alarm = clock.schedule(timeouts.drain(), () -> finished.complete(null));
    return finished.thenCompose(
        done -> {
          alarm.cancel();
          return closeOnceSent();
        });
  }

  /** Lets viewers have what there is, but does not wait long for those who are slow. */
  private CompletionStage<Void> closeOnceSent() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Runnable close =
        () -> {
          close();
          done.complete(null);
        };
    closed = true;
    Alarm alarm = clock.schedule(LAST_FRAMES, close);
    onceAlone =
        () -> {
          alarm.cancel();
          close.run();
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

  /** Whether {@link #drain} or {@link #close} was called. */
  public boolean isDraining() {
    return draining || closed;
  }

  private void orphaned(String conversationId) {
    backplane
        .isViewed(conversationId)
        .whenComplete(
            (viewed, failure) -> {
              if (failure == null && !viewed && !audience.isViewed(conversationId)) {
                conversations
                    .find(conversationId)
                    .ifPresentOrElse(Conversation::abandon, () -> audience.ended(conversationId));
              } else {
                audience.wantedElsewhere(conversationId);
              }
            });
  }

  /**
   * Closes every connection, also later ones, with 1001. What runs here stops, or goes on at
   * another node where there are several.
   */
  @Override
  public void close() {
    closed = true;
    beat.stop();
    ownClock.close();
    connections.forEach(connection -> connection.close(CloseCode.GOING_AWAY));
    if (backplane.ownership().leave()) {
      conversations.removeAll().forEach(HubNode::abandon);
    } else {
      conversations.all().forEach(Conversation::stop);
    }
  }

  /** What there is to do at this moment; goes through all connections. */
  public HubLoad load() {
    int running =
        (int)
            conversations.all().stream()
                .filter(conversation -> !conversation.result().isDone())
                .count();
    HubLoad ofHub =
        new HubLoad(
            0,
            running,
            0,
            0,
            0,
            0,
            admission.waitingRoom.size(),
            meters.kept().count(),
            meters.kept().bytes(),
            isDraining());
    return connections.stream().map(ViewerConnection::load).reduce(ofHub, HubLoad::plus);
  }

  /**
   * Returns what is wrong with the threads that all conversations depend on, for example for a
   * liveness probe. Observation begins with the first call, so call it once at the start; from then
   * on it costs an alarm a second. A clock whose alarms have not rung for 10 seconds is a problem.
   */
  public HubHealth health() {
    List<String> problems = new ArrayList<>(backplane.problems());
    if (!beat.isAlive()) {
      problems.add("The clock's alarms do not ring: no timeout works");
    }
    return new HubHealth(problems);
  }

  /** What times apply, for adapters. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /** Whose pages may connect, for adapters that can refuse a handshake early. */
  public AllowedOrigins allowedOrigins() {
    return allowedOrigins;
  }

  /** What bounds apply, for adapters. */
  public Limits limits() {
    return limits;
  }

  ChatClock clock() {
    return clock;
  }

  Journal journal() {
    return backplane.journal();
  }

  CommandDecoder decoder() {
    return decoder;
  }

  CommandRouter router() {
    return command ->
        conversations.holds(command.conversationId())
            ? conversations.route(command)
            : backplane.router().route(command);
  }

  Directory directory() {
    return directory;
  }

  /** Whether viewers have to say who they are, or may. */
  boolean knowsUsers() {
    return authenticator != null;
  }

  Admission admission() {
    return admission;
  }

  @Nullable FlushInterval flushInterval() {
    return flushInterval;
  }

  LargeFrames largeFrames() {
    return largeFrames;
  }

  SnapshotFrames snapshotFrames() {
    return snapshotFrames;
  }

  Audience audience() {
    return audience;
  }

  ConversationAccess access() {
    return access;
  }

  ViewerIdentity identify(String connectionId, Handshake handshake, ViewerIdentity.Owner owner) {
    return new ViewerIdentity(
        connectionId, authenticator, executor, clock, timeouts, handshake, owner);
  }

  /** Null where nobody listens, which costs nothing. */
  @Nullable DeliveryListener listener() {
    return listener;
  }

  CompletionStage<ControlFrame.Conversations> conversationsOf(User user) {
    return new ConversationList(directory, journal(), access).of(user);
  }

  Catalogue catalogue() {
    return catalogue;
  }

  void forget(ViewerConnection connection) {
    connections.remove(connection);
    tellAlone();
  }

  /** Starts what a viewer asks for; the id of the conversation comes when it is under way. */
  CompletionStage<String> start(StartConversation command, User user, Party party)
      throws ProtocolException {
    if (isDraining()) {
      throw new ProtocolException(
          ErrorCode.UNAVAILABLE, "The server is about to go down; connect again.", null);
    }
    return launcher.start(command, user, party);
  }
}
