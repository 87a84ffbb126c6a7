package io.agentstream.delivery;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.internal.UserCode;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.FrameEncoder;
import io.agentstream.wire.Protocol;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One viewer's connection, whatever carries it. The adapter calls {@link #receive} from one thread
 * at a time; everything else is safe from any thread. No method blocks.
 */
public final class ViewerConnection {

  private static final String EVERYBODY = "";

  private static final Logger log = LoggerFactory.getLogger(ViewerConnection.class);

  private final String id = ConversationBuilder.newId();
  private final ConversationHub hub;
  private final Transport transport;
  private final boolean original;
  private final OutboundQueue outbound;
  private final Heartbeat heartbeat;
  private final WriteWatchdog watchdog;
  private final ViewerIdentity identity;
  private final Seat addressSeat;
  private final Seat strangerSeat;
  private final WaitingRoom.Guest guest = this::turnAway;
  private final Seat userSeat;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, Object> joins = new ConcurrentHashMap<>();
  private final CommandLanes lanes = new CommandLanes();

  // Used by the thread that receives.
  private final InboundMessage inbound;
  private final PartRate partRate;
  private final TokenBucket bucket;
  private int badInARow;

  // Set before the first message.
  private volatile @Nullable String network;

  ViewerConnection(
      ConversationHub hub, Transport transport, boolean original, Handshake handshake) {
    this.hub = hub;
    this.transport = transport;
    this.original = original;
    this.inbound = new InboundMessage(hub.limits().maxMessageBytes());
    this.partRate = new PartRate(hub.clock(), hub.limits().messagesPerMinute());
    this.outbound =
        new OutboundQueue(transport, new SendOwner(), hub.flushInterval(), hub.largeFrames());
    this.heartbeat =
        new Heartbeat(hub.clock(), hub.timeouts(), this::ping, () -> close(CloseCode.NO_PONG));
    this.watchdog =
        new WriteWatchdog(
            hub.clock(), hub.timeouts().stuckWrite(), () -> close(CloseCode.TOO_SLOW));
    this.addressSeat = new Seat(hub.admission().addresses);
    this.strangerSeat = new Seat(hub.admission().strangers);
    this.bucket = hub.admission().newConnection();
    this.userSeat = new Seat(hub.admission().users);
    this.identity = hub.identify(id, handshake, new IdentityOwner());
  }

  /**
   * @param address where it comes from; null where that is not known
   */
  void open(@Nullable String address) {
    network = Party.network(address);
    if (hub.knowsUsers()) {
      hub.admission().waitingRoom.enter(guest, network);
    } else if (!takeSeatOfStranger()) {
      return;
    }
    heartbeat.start();
    identity.begin();
  }

  /** Closes the connection if there is none. */
  private boolean takeSeatOfStranger() {
    String from = network;
    if ((from == null || addressSeat.take(from)) && strangerSeat.take(EVERYBODY)) {
      return true;
    }
    turnAway();
    return false;
  }

  /** Takes the seat of a known user in place of another. */
  private boolean takeSeatOf(User user) {
    hub.admission().waitingRoom.leave(guest);
    if (!userSeat.take(user.id())) {
      close(CloseCode.CONNECTION_LIMIT);
      return false;
    }
    addressSeat.giveBack();
    strangerSeat.giveBack();
    return true;
  }

  private void turnAway() {
    close(CloseCode.TOO_MANY_CONNECTIONS);
  }

  private void welcome(
      boolean authenticated,
      @Nullable Duration tokenWithin,
      @Nullable Instant expiresAt,
      @Nullable String requestId) {
    Limits limits = hub.limits();
    answer(
        new ControlFrame.Welcome(
            id,
            hub.timeouts().heartbeat().toMillis(),
            new ControlFrame.Bounds(
                limits.maxMessageBytes(),
                limits.maxAgents(),
                limits.maxRounds(),
                limits.maxTopicChars()),
            authenticated,
            tokenWithin == null ? null : tokenWithin.toMillis(),
            expiresAt),
        requestId);
  }

  /**
   * Takes a part of a message from the viewer.
   *
   * @param part the text of the part
   * @param last whether the message ends with it
   */
  public void receive(String part, boolean last) {
    if (closed.get()) {
      return;
    }
    heartbeat.received();
    if (!last && !partRate.take()) {
      close(CloseCode.RATE_LIMITED);
      return;
    }
    inbound.add(part);
    if (last) {
      tryHandle(inbound.finish());
    }
  }

  /** Takes a WebSocket pong, from the thread that calls {@link #receive}. */
  public void pongReceived() {
    heartbeat.received();
    if (!partRate.take()) {
      close(CloseCode.RATE_LIMITED);
    }
  }

  private void tryHandle(@Nullable String message) {
    try {
      handle(message);
    } catch (Throwable e) {
      UserCode.caught(e);
      log.error("Connection {}: a message failed by a defect", id, e);
      close(CloseCode.INTERNAL_ERROR);
    }
  }

  /** The socket is closed, by whomever. Lets go of everything; further calls do nothing. */
  public void closed() {
    if (closed.compareAndSet(false, true)) {
      heartbeat.stop();
      watchdog.stop();
      identity.stop();
      hub.admission().waitingRoom.leave(guest);
      addressSeat.leave();
      strangerSeat.leave();
      userSeat.leave();
      outbound.close().forEach(hub.audience()::left);
      hub.forget(this);
    }
  }

  /** Closes the connection. */
  public void close(CloseCode why) {
    // Some containers tell of a close only when the other side has answered, if ever.
    closed();
    transport.close(why.code(), why.reason());
  }

  /** Closes the connection as soon as the viewer has everything there is. */
  void closeOnceSent(CloseCode why) {
    outbound.onceSent(() -> close(why));
  }

  void answer(ControlFrame frame, @Nullable String requestId) {
    outbound.answer(encode(frame, requestId));
  }

  /**
   * @param onLeft as in {@link OutboundQueue#answer(String, Runnable)}
   */
  void answer(ControlFrame frame, @Nullable String requestId, Runnable onLeft) {
    outbound.answer(encode(frame, requestId), onLeft);
  }

  CommandLanes lanes() {
    return lanes;
  }

  void refuse(ErrorCode code, String message, @Nullable String requestId) {
    DeliveryListener listener = hub.listener();
    if (listener != null) {
      listener.onRefused(code);
    }
    answer(
        new ControlFrame.Refused(new ChatError(code, message, null, null, false, false)),
        requestId);
  }

  /** Answers, and then shows the conversation from {@code subscription} on. */
  void view(Subscription subscription, ControlFrame frame, @Nullable String requestId) {
    String viewed = subscription.conversationId();
    if (outbound.view(subscription, encode(frame, requestId))) {
      hub.audience().joined(viewed);
    }
  }

  /** See {@link OutboundQueue#hold}. */
  void hold(String conversationId) {
    outbound.hold(conversationId);
  }

  /** See {@link OutboundQueue#release}. */
  void release(String conversationId) {
    outbound.release(conversationId);
  }

  /** Whether it may view this conversation beside the others. */
  boolean mayView(String conversationId) {
    return views(conversationId) || mayViewAnother();
  }

  boolean mayViewAnother() {
    int most = hub.limits().conversationsPerConnection();
    return most == 0 || outbound.viewCount() < most;
  }

  boolean views(String conversationId) {
    return outbound.views(conversationId);
  }

  void leave(String conversationId) {
    joins.remove(conversationId);
    if (outbound.unview(conversationId)) {
      hub.audience().left(conversationId);
    }
  }

  /** The conversation is no longer kept: what the viewer has of it is all there is. */
  void conversationForgotten(String conversationId) {
    if (outbound.unview(conversationId)) {
      hub.audience().left(conversationId);
      answer(new ControlFrame.Left(conversationId), null);
    }
  }

  /** A join begins; it counts until another begins or the conversation is left. */
  Object joining(String conversationId) {
    Object join = new Object();
    joins.put(conversationId, join);
    return join;
  }

  /** Whether the join still counts, now that it is done. */
  boolean joined(String conversationId, Object join) {
    return joins.remove(conversationId, join);
  }

  /**
   * @param snapshotWanted whether the viewer is to begin with a snapshot
   */
  Dialect newDialect(boolean snapshotWanted) {
    Dialect dialect = original ? new OriginalDialect() : new VersionOne();
    DeliveryListener listener = hub.listener();
    return listener == null ? dialect : new ObservedDialect(dialect, listener, snapshotWanted);
  }

  /** What waits here, as part of the hub's. */
  HubLoad load() {
    return outbound.load();
  }

  private String encode(ControlFrame frame, @Nullable String requestId) {
    return FrameEncoder.control(frame, hub.clock().millis(), requestId);
  }

  private void handle(@Nullable String message) {
    switch (hub.admission().message(party(), bucket)) {
      case ALLOWED -> take(message);
      case REFUSED ->
          refuse(ErrorCode.RATE_LIMITED, "Too many messages; wait a little.", requestId(message));
      case ABUSED -> close(CloseCode.RATE_LIMITED);
    }
  }

  /** The id of what is not carried out, so that who waits for its answer is told. */
  private @Nullable String requestId(@Nullable String message) {
    try {
      return message == null ? null : hub.decoder().decode(message).id();
    } catch (ProtocolException e) {
      return e.requestId();
    }
  }

  /** Whom to count for what it asks. */
  Party party() {
    return Party.of(identity.user(), network);
  }

  private void take(@Nullable String message) {
    if (message == null) {
      int bound = hub.limits().maxMessageBytes();
      bad(ErrorCode.LIMIT_EXCEEDED, "A message may have " + bound + " bytes at the most.", null);
      return;
    }
    Request request;
    try {
      request = hub.decoder().decode(message);
    } catch (ProtocolException e) {
      bad(e.code(), e.reason(), e.requestId());
      return;
    }
    badInARow = 0;
    try {
      carryOut(request);
    } catch (Throwable e) {
      UserCode.caught(e);
      log.error("Connection {}: a command failed by a defect", id, e);
      refuse(ErrorCode.INTERNAL, "The command failed by a defect.", request.id());
    }
  }

  private void carryOut(Request request) {
    ClientCommand command = request.command();
    User user = identity.user();
    if (command instanceof ClientCommand.Authenticate authenticate) {
      identity.authenticate(authenticate.token(), request.id());
    } else if (user != null) {
      command.deliverTo(new RequestHandler(hub, this, user, request.id()));
    } else if (command instanceof ClientCommand.Ping) {
      answer(new ControlFrame.Pong(), request.id());
    } else if (!(command instanceof ClientCommand.Pong)) {
      refuse(ErrorCode.UNAUTHENTICATED, "The server does not know yet who asks.", request.id());
    }
  }

  private void bad(ErrorCode code, String message, @Nullable String requestId) {
    refuse(code, message, requestId);
    if (++badInARow >= Protocol.MAX_BAD_IN_A_ROW) {
      close(CloseCode.PROTOCOL_VIOLATION);
    }
  }

  private void ping() {
    if (original) {
      transport.ping();
    } else {
      answer(new ControlFrame.Ping(), null);
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
        if (!takeSeatOf(user)) {
          return;
        }
      } else if (tokenWithin == null) {
        hub.admission().waitingRoom.leave(guest);
        if (!takeSeatOfStranger()) {
          return;
        }
      }
      ViewerConnection.this.welcome(authenticated, tokenWithin, expiresAt, requestId);
    }

    @Override
    public void expiring(Instant expiresAt) {
      answer(new ControlFrame.AuthExpiring(expiresAt), null);
    }

    @Override
    public void refuse(ErrorCode code, String message, @Nullable String requestId) {
      ViewerConnection.this.refuse(code, message, requestId);
    }

    @Override
    public void close(CloseCode why) {
      ViewerConnection.this.close(why);
    }
  }

  private final class SendOwner implements OutboundQueue.Owner {
    @Override
    public void sending() {
      DeliveryListener listener = hub.listener();
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
      // A line that breaks is an IOException; of what else is wrong its class may be said.
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
