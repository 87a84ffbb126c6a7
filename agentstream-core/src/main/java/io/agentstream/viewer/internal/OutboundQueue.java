package io.agentstream.viewer.internal;

import io.agentstream.internal.UserCode;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.internal.WaitingAnswers.Answer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one connection's frames: replies first, then the viewed conversations in turn. At most one
 * send is in progress, because two at once fail on Tomcat. The completion of a send starts the next
 * one, but never inside the call of the previous send, because that recursion overflows the stack
 * on Undertow.
 *
 * <p>Frames are built outside the lock: streaming threads need the lock, a snapshot may take long
 * to build, and some frames call users' listeners.
 */
final class OutboundQueue {

  /** Receives the results of sends. */
  interface Owner {
    void sending();

    void sent();

    void sendFailed(Throwable cause);

    void tooManyAnswers();
  }

  private final Transport transport;
  private final Owner owner;
  private final @Nullable FlushInterval flushInterval;
  private final LargeFrames.Place largeFrame;
  // One object for all sends, because a method reference would allocate one for each frame.
  private final Consumer<@Nullable Throwable> onSent = this::onSent;
  private final SerialWake sending = new SerialWake(this::trySendWhileFree);
  private final AtomicInteger holds = new AtomicInteger();
  private final BatchedWake batched = new BatchedWake(sending::wake);
  private volatile @Nullable Runnable onceSent;
  private volatile @Nullable Runnable afterCurrent;
  private volatile boolean underWay;
  private volatile boolean closed;

  // Used only by the sending thread.
  private @Nullable View current;
  private boolean currentLeaves;

  // Guarded by this.
  private final WaitingAnswers answers = new WaitingAnswers();
  private final ReadyViews views = new ReadyViews();

  /**
   * @param flushInterval how long tokens may wait for further ones; null for not at all
   * @param largeFrames shared by all connections
   */
  OutboundQueue(
      Transport transport,
      Owner owner,
      @Nullable FlushInterval flushInterval,
      LargeFrames largeFrames) {
    this.transport = transport;
    this.owner = owner;
    this.flushInterval = flushInterval;
    this.largeFrame = largeFrames.place();
  }

  /**
   * Queues a frame of this connection.
   *
   * @param onLeft called once it has been sent, on any thread; not if the connection closes before
   */
  void answer(String frame, @Nullable Runnable onLeft) {
    boolean taken;
    synchronized (this) {
      taken = closed || answers.add(new Answer(frame, onLeft));
    }
    if (taken) {
      sending.wake();
    } else {
      owner.tooManyAnswers();
    }
  }

  /**
   * Queues {@code frames} and then views the conversation; replaces an older view of the same.
   *
   * @return true if the conversation is viewed now and was not viewed before
   */
  boolean view(Subscription subscription, Frames frames) {
    boolean taken = true;
    boolean added;
    synchronized (this) {
      if (closed) {
        return false;
      }
      for (String frame = frames.poll(); taken && frame != null; frame = frames.poll()) {
        taken = answers.add(new Answer(frame, null));
      }
      added = taken && !views.remove(subscription.conversationId());
      if (taken) {
        View view = new View(subscription);
        view.watch(() -> appended(view));
        views.add(view);
      }
    }
    if (taken) {
      sending.wake();
    } else {
      owner.tooManyAnswers();
    }
    return added;
  }

  /** Stops viewing the conversation; returns true if it was viewed. */
  synchronized boolean unview(String conversationId) {
    return views.remove(conversationId);
  }

  synchronized boolean views(String conversationId) {
    return views.contains(conversationId);
  }

  synchronized boolean isAwaiting(String conversationId) {
    return views.isAwaiting(conversationId);
  }

  synchronized int viewCount() {
    return views.size();
  }

  synchronized HubLoad load() {
    return views.load(answers.size());
  }

  /**
   * Stops sending and releases everything.
   *
   * @return the conversations that were viewed
   */
  Set<String> close() {
    Set<String> viewed;
    synchronized (this) {
      closed = true;
      answers.clear();
      viewed = views.removeAll();
    }
    largeFrame.close();
    return viewed;
  }

  /**
   * Holds this conversation's events back until {@link #release}, so that a reply leaves before the
   * events that its command causes. Replies and other conversations do not wait.
   */
  void hold(String conversationId) {
    synchronized (this) {
      views.hold(conversationId);
    }
    holds.incrementAndGet();
  }

  /** Undoes one {@link #hold}. */
  void release(String conversationId) {
    synchronized (this) {
      views.release(conversationId);
    }
    holds.decrementAndGet();
    sending.wake();
  }

  /** Calls {@code action} once, as soon as everything has been sent. */
  void onceSent(Runnable action) {
    onceSent = action;
    sending.wake();
  }

  /** Sends frames. A failure closes the connection, which would otherwise never send again. */
  private void trySendWhileFree() {
    try {
      sendWhileFree();
    } catch (Throwable e) {
      UserCode.caught(e);
      owner.sendFailed(e);
    }
  }

  private void sendWhileFree() {
    while (!underWay && !closed) {
      String frame = next();
      if (frame == null) {
        // Frames that are held back must still be sent.
        if (holds.get() == 0) {
          tellSent();
        }
        return;
      }
      underWay = true;
      owner.sending();
      send(frame);
    }
  }

  private void tellSent() {
    Runnable told = onceSent;
    if (told != null) {
      onceSent = null;
      told.run();
    }
  }

  private void send(String frame) {
    try {
      transport.send(frame, onSent);
    } catch (Throwable e) {
      UserCode.caught(e);
      onSent(e);
    }
  }

  private void onSent(@Nullable Throwable failure) {
    largeFrame.leave();
    if (failure != null) {
      owner.sendFailed(failure);
      return;
    }
    owner.sent();
    Runnable after = afterCurrent;
    if (after != null) {
      afterCurrent = null;
    }
    underWay = false;
    if (after != null) {
      after.run();
    }
    sending.wake();
  }

  private @Nullable String next() {
    while (true) {
      View view;
      synchronized (this) {
        settle();
        Answer answer = answers.poll();
        if (answer != null) {
          afterCurrent = answer.onLeft();
          return answer.frame();
        }
        view = views.next();
        if (view == null) {
          return null;
        }
      }
      String frame = view.nextFrame();
      current = view;
      currentLeaves = frame != null;
      if (frame != null && mayLeave(view, frame)) {
        return frame;
      }
    }
  }

  /** Queues the last view after the other ready views if its frame was sent; needs the lock. */
  private void settle() {
    View view = current;
    if (view != null) {
      current = null;
      views.done(view, currentLeaves);
    }
  }

  /** Returns true if the frame may be sent, although its view may have changed meanwhile. */
  private boolean mayLeave(View view, String frame) {
    if (view.closed) {
      return false;
    }
    // Checked after the frame was built, because the frame may contain an event that a command has
    // just caused.
    if (holds.get() > 0 && keepIfHeld(view, frame)) {
      return false;
    }
    if (frame.length() > LargeFrames.SMALL && !mayLeaveAsLarge(view, frame)) {
      return false;
    }
    if (flushInterval != null) {
      view.builtAt(flushInterval.nanoTime());
    }
    return true;
  }

  private synchronized boolean keepIfHeld(View view, String frame) {
    if (!views.isHeld(view)) {
      return false;
    }
    view.putBack(frame);
    currentLeaves = false;
    return true;
  }

  private boolean mayLeaveAsLarge(View view, String frame) {
    view.putBack(frame);
    if (!largeFrame.take(frame.length(), () -> ready(view))) {
      currentLeaves = false;
      return false;
    }
    view.takeBack();
    return true;
  }

  private void appended(View view) {
    FlushInterval interval = flushInterval;
    if (interval == null || !mayWait(view, interval)) {
      ready(view);
    }
  }

  private void ready(View view) {
    synchronized (this) {
      view.waiting = false;
      views.makeReady(view);
    }
    batched.wake();
  }

  /** Returns false if the view must be ready now. Tokens may wait if a frame has just been sent. */
  private boolean mayWait(View view, FlushInterval interval) {
    if (!view.subscription().endsWithToken()) {
      return false;
    }
    synchronized (this) {
      if (view.waiting || view.queued) {
        return true;
      }
      if (view.busy) {
        // The sending thread checks again, and must see that there is more.
        views.makeReady(view);
        return true;
      }
      if (!interval.isWithin(view.lastFrameNanos, interval.nanoTime())) {
        return false;
      }
      view.waiting = true;
    }
    interval.soon(() -> ready(view));
    return true;
  }
}
