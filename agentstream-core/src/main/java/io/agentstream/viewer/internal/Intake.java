package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.internal.UserCode;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.Protocol;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes one viewer's input: assembles messages, bounds their number, and decodes them. Used by
 * the thread that reads the socket.
 */
final class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /** Receives the results. */
  interface Owner {
    void carryOut(Request request);

    void refuse(ErrorCode code, String message, @Nullable String requestId);

    void close(CloseCode why);

    /** Returns whom the messages count for. */
    Party party();
  }

  private final String connectionId;
  private final ViewerContext hub;
  private final Owner owner;
  private final InboundMessage inbound;
  private final PartRate partRate;
  private final TokenBucket bucket;
  private int badInARow;

  Intake(String connectionId, ViewerContext hub, Owner owner) {
    this.connectionId = connectionId;
    this.hub = hub;
    this.owner = owner;
    this.inbound = new InboundMessage(hub.settings.limits().maxMessageBytes());
    this.partRate = new PartRate(hub.settings.clock(), hub.settings.limits().messagesPerMinute());
    this.bucket = hub.admission.newConnection();
  }

  void receive(String part, boolean last) {
    if (!last && !partRate.take()) {
      owner.close(CloseCode.RATE_LIMITED);
      return;
    }
    inbound.add(part);
    if (last) {
      tryHandle(inbound.finish());
    }
  }

  /** Receives a command that needs no decoding. */
  void receive(Request request) {
    switch (hub.admission.message(owner.party(), bucket)) {
      case ALLOWED -> check(request);
      case REFUSED -> tooMany(request.id());
      case ABUSED -> owner.close(CloseCode.RATE_LIMITED);
    }
  }

  /** Holds a command to the bounds of the wire, within which it can be stored and sent on. */
  private void check(Request request) {
    try {
      CommandBounds.check(request, hub.decoder, hub.settings.limits());
    } catch (ProtocolException e) {
      owner.refuse(e.code(), e.reason(), request.id());
      return;
    }
    carryOut(request);
  }

  private void tooMany(@Nullable String requestId) {
    owner.refuse(ErrorCode.RATE_LIMITED, "Too many messages; wait a little.", requestId);
  }

  void pongReceived() {
    if (!partRate.take()) {
      owner.close(CloseCode.RATE_LIMITED);
    }
  }

  private void tryHandle(@Nullable String message) {
    try {
      handle(message);
    } catch (Throwable e) {
      UserCode.caught(e);
      log.error("Connection {}: a message failed because of a defect", connectionId, e);
      owner.close(CloseCode.INTERNAL_ERROR);
    }
  }

  private void handle(@Nullable String message) {
    switch (hub.admission.message(owner.party(), bucket)) {
      case ALLOWED -> take(message);
      case REFUSED -> tooMany(requestId(message));
      case ABUSED -> owner.close(CloseCode.RATE_LIMITED);
    }
  }

  /** Returns the id of a command that is not carried out, so that its sender gets a reply. */
  private @Nullable String requestId(@Nullable String message) {
    try {
      return message == null ? null : hub.decoder.decode(message).id();
    } catch (ProtocolException e) {
      return e.requestId();
    }
  }

  private void take(@Nullable String message) {
    if (message == null) {
      int bound = hub.settings.limits().maxMessageBytes();
      bad(ErrorCode.LIMIT_EXCEEDED, "A message may have " + bound + " bytes at the most.", null);
      return;
    }
    Request request;
    try {
      request = hub.decoder.decode(message);
    } catch (ProtocolException e) {
      bad(e.code(), e.reason(), e.requestId());
      return;
    }
    badInARow = 0;
    carryOut(request);
  }

  private void carryOut(Request request) {
    try {
      owner.carryOut(request);
    } catch (Throwable e) {
      UserCode.caught(e);
      log.error("Connection {}: a command failed because of a defect", connectionId, e);
      owner.refuse(ErrorCode.INTERNAL, "The command failed by a defect.", request.id());
    }
  }

  private void bad(ErrorCode code, String message, @Nullable String requestId) {
    owner.refuse(code, message, requestId);
    if (++badInARow >= Protocol.MAX_BAD_IN_A_ROW) {
      owner.close(CloseCode.PROTOCOL_VIOLATION);
    }
  }
}
