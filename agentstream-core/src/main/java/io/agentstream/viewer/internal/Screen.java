package io.agentstream.viewer.internal;

import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.JournalReader;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ControlFrame.Left.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's output: replies, and the conversations that it views. Thread-safe; no method blocks.
 */
final class Screen {

  private final ViewerContext hub;
  private final OutboundQueue outbound;
  private final ViewerEncoder encoder;
  private final Consumer<Throwable> onDefect;
  private final Map<String, Object> joins = new ConcurrentHashMap<>();

  /**
   * @param onDefect called where the encoder throws
   */
  Screen(
      ViewerContext hub,
      OutboundQueue outbound,
      ViewerEncoder encoder,
      Consumer<Throwable> onDefect) {
    this.hub = hub;
    this.outbound = outbound;
    this.encoder = MeasuredEncoder.of(encoder, hub.userCode);
    this.onDefect = onDefect;
  }

  /** Returns false if the viewer's format has no frame for it. */
  boolean answer(ControlFrame frame, @Nullable String requestId) {
    Frames frames = encode(frame, requestId);
    boolean any = !frames.isEmpty();
    answer(frames, null);
    return any;
  }

  /**
   * @param onLeft as in {@link OutboundQueue#answer(String, Runnable)}
   */
  void answer(ControlFrame frame, @Nullable String requestId, Runnable onLeft) {
    Frames frames = encode(frame, requestId);
    if (frames.isEmpty()) {
      onLeft.run();
    } else {
      answer(frames, onLeft);
    }
  }

  /** Queues the frames; {@code onLeft} is for the last of them. */
  private void answer(Frames frames, @Nullable Runnable onLeft) {
    for (String next = frames.poll(); next != null; ) {
      String after = frames.poll();
      outbound.answer(next, after == null ? onLeft : null);
      next = after;
    }
  }

  void refuse(ErrorCode code, String message, @Nullable String requestId) {
    DeliveryListener listener = hub.settings.listener();
    if (listener != null) {
      listener.onRefused(code);
    }
    answer(
        new ControlFrame.Refused(new ChatError(code, message, null, null, false, false)),
        requestId);
  }

  /** Shows a conversation from the event after {@code after} on. */
  Subscription replay(String conversationId, JournalReader reader, long epoch, long after) {
    return Subscription.after(epoch, after, conversationId, reader, writer(conversationId, false));
  }

  /**
   * Shows a conversation from a snapshot on.
   *
   * @param wanted true if the viewer requested a snapshot
   */
  Subscription snapshot(String conversationId, JournalReader reader, boolean wanted) {
    return Subscription.fromSnapshot(conversationId, reader, writer(conversationId, wanted));
  }

  private FrameWriter writer(String conversationId, boolean snapshotWanted) {
    return new FrameWriter(
        encoder.conversation(conversationId),
        hub.snapshotFrames,
        hub.settings.listener(),
        snapshotWanted);
  }

  /** Sends a reply, and then shows the conversation from {@code subscription} on. */
  void view(Subscription subscription, ControlFrame frame, @Nullable String requestId) {
    String viewed = subscription.conversationId();
    if (outbound.view(subscription, encode(frame, requestId))) {
      hub.conversations.joined(viewed);
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

  /** Returns true if it may view this conversation beside the others. */
  boolean mayView(String conversationId) {
    return views(conversationId) || mayViewAnother();
  }

  boolean mayViewAnother() {
    int most = hub.settings.limits().conversationsPerConnection();
    return most == 0 || outbound.viewCount() < most;
  }

  boolean views(String conversationId) {
    return outbound.views(conversationId);
  }

  /** Returns true if it views the conversation and has not sent all of it. */
  boolean isAwaiting(String conversationId) {
    return outbound.isAwaiting(conversationId);
  }

  void leave(String conversationId) {
    joins.remove(conversationId);
    if (outbound.unview(conversationId)) {
      hub.conversations.left(conversationId);
    }
  }

  /** Reports that the conversation is no longer kept, so that the viewer gets no further events. */
  void forgotten(String conversationId) {
    if (outbound.unview(conversationId)) {
      hub.conversations.left(conversationId);
      answer(new ControlFrame.Left(conversationId), null);
    }
  }

  /** Ends the view of a viewer whose link has ended, so that no further events are sent. */
  void shareEnded(String conversationId) {
    joins.remove(conversationId);
    if (outbound.unview(conversationId)) {
      hub.conversations.left(conversationId);
      answer(new ControlFrame.Left(conversationId, Reason.SHARE_ENDED), null);
    }
  }

  /** Begins a join, which is valid until another begins or the conversation is left. */
  Object joining(String conversationId) {
    Object join = new Object();
    joins.put(conversationId, join);
    return join;
  }

  /** Returns true if the join is still valid when it completes. */
  boolean joined(String conversationId, Object join) {
    return joins.remove(conversationId, join);
  }

  /** Calls {@code action} as soon as everything has been sent. */
  void onceSent(Runnable action) {
    outbound.onceSent(action);
  }

  /** Adds this connection's waiting frames to the hub's load. */
  HubLoad load() {
    return outbound.load();
  }

  /** The connection is closed. */
  void close() {
    outbound.close().forEach(hub.conversations::left);
  }

  private Frames encode(ControlFrame frame, @Nullable String requestId) {
    Frames frames = new Frames();
    try {
      encoder.control(frame, hub.settings.clock().millis(), requestId, frames);
    } catch (Throwable e) {
      UserCode.caught(e);
      onDefect.accept(e);
    }
    return frames;
  }
}
