package io.agentstream.delivery;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.settings.Limits;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.FrameEncoder;
import io.agentstream.wire.Protocol;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer's connection, whatever carries it. The adapter calls {@link #receive} from one thread
 * at a time; everything else is safe from any thread. No method blocks.
 */
public final class ViewerConnection {

  private static final Logger log = LoggerFactory.getLogger(ViewerConnection.class);

  private final String id = ConversationBuilder.newId();
  private final ConversationHub hub;
  private final Transport transport;
  private final boolean original;
  private final OutboundQueue outbound;
  private final Heartbeat heartbeat;
  private final WriteWatchdog watchdog;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, Object> joins = new ConcurrentHashMap<>();

  // Used by the thread that receives.
  private final InboundMessage inbound;
  private int badInARow;

  ViewerConnection(ConversationHub hub, Transport transport, boolean original) {
    this.hub = hub;
    this.transport = transport;
    this.original = original;
    this.inbound = new InboundMessage(hub.limits().maxMessageBytes());
    this.outbound = new OutboundQueue(transport, new SendOwner());
    this.heartbeat =
        new Heartbeat(hub.clock(), hub.timeouts(), this::ping, () -> close(CloseCode.NO_PONG));
    this.watchdog =
        new WriteWatchdog(
            hub.clock(), hub.timeouts().stuckWrite(), () -> close(CloseCode.TOO_SLOW));
  }

  void open() {
    heartbeat.start();
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
            false),
        null);
  }

  /**
   * Takes a part of a message from the viewer.
   *
   * @param part the text of the part
   * @param last whether the message ends with it
   */
  public void receive(String part, boolean last) {
    heartbeat.received();
    inbound.add(part);
    if (last && !closed.get()) {
      handle(inbound.finish());
    }
  }

  /** Takes a WebSocket pong. */
  public void pongReceived() {
    heartbeat.received();
  }

  /** The socket is closed, by whomever. Lets go of everything; further calls do nothing. */
  public void closed() {
    if (closed.compareAndSet(false, true)) {
      heartbeat.stop();
      watchdog.stop();
      outbound.close();
      hub.forget(this);
    }
  }

  /** Closes the connection. */
  public void close(CloseCode why) {
    // Some containers tell of a close only when the other side has answered, if ever.
    closed();
    transport.close(why.code(), why.reason());
  }

  void answer(ControlFrame frame, @Nullable String requestId) {
    outbound.answer(encode(frame, requestId));
  }

  void refuse(ErrorCode code, String message, @Nullable String requestId) {
    answer(
        new ControlFrame.Refused(new ChatError(code, message, null, null, false, false)),
        requestId);
  }

  /** Answers, and then shows the conversation from {@code subscription} on. */
  void view(Subscription subscription, ControlFrame frame, @Nullable String requestId) {
    outbound.view(subscription, encode(frame, requestId));
  }

  /** See {@link OutboundQueue#hold}. */
  void hold() {
    outbound.hold();
  }

  /** See {@link OutboundQueue#release}. */
  void release() {
    outbound.release();
  }

  void leave(String conversationId) {
    joins.remove(conversationId);
    outbound.unview(conversationId);
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

  Dialect newDialect() {
    return original ? new OriginalDialect() : new VersionOne();
  }

  private String encode(ControlFrame frame, @Nullable String requestId) {
    return FrameEncoder.control(frame, hub.clock().millis(), requestId);
  }

  private void handle(@Nullable String message) {
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
      request.command().deliverTo(new RequestHandler(hub, this, request.id()));
    } catch (RuntimeException e) {
      log.error("Connection {}: a command failed by a defect", id, e);
      refuse(ErrorCode.INTERNAL, "The command failed by a defect.", request.id());
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

  private final class SendOwner implements OutboundQueue.Owner {
    @Override
    public void sending() {
      watchdog.sending();
    }

    @Override
    public void sent() {
      watchdog.sent();
    }

    @Override
    public void sendFailed(Throwable cause) {
      log.debug("Connection {}: a send failed with {}", id, cause.getClass().getName());
      close(CloseCode.INTERNAL_ERROR);
    }

    @Override
    public void tooManyAnswers() {
      close(CloseCode.TOO_SLOW);
    }
  }
}
