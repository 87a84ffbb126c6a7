package io.agentstream.delivery;

import io.agentstream.delivery.JournalReader.Watch;
import io.agentstream.time.EventBatch;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection still has to send: answers first, then the conversations it views in turn.
 * One send is under way at the most, since two at once fail on Tomcat; the next begins when it is
 * done, on whatever thread says so, and never inside the call before, since that recursion
 * overflows the stack on Undertow.
 */
final class OutboundQueue {

  /** More answers than this that wait for the socket mean that the viewer sends and never reads. */
  static final int MAX_ANSWERS = 1_000;

  /** Told what becomes of the sends. */
  interface Owner {
    void sending();

    void sent();

    void sendFailed(Throwable cause);

    void tooManyAnswers();
  }

  private final Transport transport;
  private final Owner owner;
  private final @Nullable FlushInterval flushInterval;
  private final AtomicInteger wakes = new AtomicInteger();
  // One for all sends: a method reference would be one more object a frame.
  private final Consumer<@Nullable Throwable> onSent = this::onSent;
  private final AtomicInteger holds = new AtomicInteger();
  private final Runnable onBatchEnd = this::wakeAfterBatch;
  private volatile @Nullable EventBatch waitsFor;
  private volatile @Nullable Runnable onceSent;
  private volatile boolean underWay;
  private volatile boolean closed;

  // Guarded by this.
  private final Queue<String> answers = new ArrayDeque<>();
  private final Map<String, View> views = new HashMap<>();
  // Those that may have something to send, in turn: a frame costs no look at all the others.
  private final Queue<View> ready = new ArrayDeque<>();

  /**
   * @param flushInterval how long tokens may wait for more; null for not at all
   */
  OutboundQueue(Transport transport, Owner owner, @Nullable FlushInterval flushInterval) {
    this.transport = transport;
    this.owner = owner;
    this.flushInterval = flushInterval;
  }

  /** Queues a frame of this connection. */
  void answer(String frame) {
    boolean full;
    synchronized (this) {
      full = answers.size() >= MAX_ANSWERS;
      if (!full && !closed) {
        answers.add(frame);
      }
    }
    if (full) {
      owner.tooManyAnswers();
    } else {
      wake();
    }
  }

  /**
   * Queues {@code frame} and then views the conversation; replaces an older view of the same.
   *
   * @return whether there was no older view
   */
  boolean view(Subscription subscription, String frame) {
    boolean added;
    synchronized (this) {
      if (closed) {
        return false;
      }
      added = !unview(subscription.conversationId());
      answers.add(frame);
      View view = new View(subscription);
      views.put(subscription.conversationId(), view);
      view.watch();
    }
    wake();
    return added;
  }

  /** Views the conversation no more; whether it did. */
  synchronized boolean unview(String conversationId) {
    View view = views.remove(conversationId);
    if (view == null) {
      return false;
    }
    view.close();
    ready.remove(view);
    return true;
  }

  synchronized boolean views(String conversationId) {
    return views.containsKey(conversationId);
  }

  synchronized int viewCount() {
    return views.size();
  }

  /** This connection, as part of the hub's load. */
  synchronized HubLoad load() {
    long[] behind =
        views.values().stream().mapToLong(view -> view.subscription.eventsBehind()).toArray();
    return new HubLoad(
        1,
        0,
        behind.length,
        answers.size(),
        (int) Arrays.stream(behind).filter(events -> events > 0).count(),
        Arrays.stream(behind).sum());
  }

  /**
   * Sends nothing more and lets go of everything.
   *
   * @return the conversations that were viewed
   */
  synchronized Set<String> close() {
    closed = true;
    Set<String> viewed = Set.copyOf(views.keySet());
    answers.clear();
    ready.clear();
    views.values().forEach(View::close);
    views.clear();
    return viewed;
  }

  /**
   * Begins nothing until {@link #release}, so that an answer leaves before the events that its
   * command leads to.
   */
  void hold() {
    holds.incrementAndGet();
  }

  /** Takes one {@link #hold} back. */
  void release() {
    holds.decrementAndGet();
    wake();
  }

  /** Calls {@code action} once, as soon as everything there is has been sent. */
  void onceSent(Runnable action) {
    onceSent = action;
    wake();
  }

  /** There may be something to send. */
  void wake() {
    if (wakes.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      sendWhileFree();
      seen = wakes.addAndGet(-seen);
    } while (seen != 0);
  }

  /** As {@link #wake}, with all that comes in the same batch. */
  private void wakeWithBatch() {
    EventBatch batch = EventBatch.current();
    if (batch == null) {
      wake();
    } else if (!isWaitingFor(batch)) {
      waitsFor = batch;
      batch.atEnd(onBatchEnd);
    }
  }

  /**
   * Only the thread of the batch sets it and, at its end, clears it; what another thread writes in
   * between leads to a wake too many.
   */
  @SuppressWarnings("ReferenceEquality")
  private boolean isWaitingFor(EventBatch batch) {
    return waitsFor == batch;
  }

  private void wakeAfterBatch() {
    waitsFor = null;
    wake();
  }

  private void sendWhileFree() {
    while (!underWay && !closed && holds.get() == 0) {
      String frame = next();
      if (frame == null) {
        tellSent();
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
    } catch (RuntimeException e) {
      onSent(e);
    }
  }

  private void onSent(@Nullable Throwable failure) {
    if (failure != null) {
      owner.sendFailed(failure);
      return;
    }
    owner.sent();
    underWay = false;
    wake();
  }

  private synchronized @Nullable String next() {
    String answer = answers.poll();
    if (answer != null) {
      return answer;
    }
    View view;
    while ((view = ready.poll()) != null) {
      String frame = view.nextFrame();
      if (frame != null) {
        ready.add(view);
        return frame;
      }
    }
    return null;
  }

  /** A conversation that is viewed. Guarded by the queue. */
  private final class View {
    private final Subscription subscription;
    private @Nullable Watch watch;
    private boolean isReady;
    private boolean isClosed;
    private boolean isWaiting;
    private long lastFrameNanos;

    View(Subscription subscription) {
      this.subscription = subscription;
    }

    void watch() {
      watch = subscription.reader().watch(this::appended);
      makeReady();
    }

    private void appended() {
      FlushInterval interval = flushInterval;
      if (interval != null && mayWait(interval)) {
        return;
      }
      ready();
    }

    private void ready() {
      synchronized (OutboundQueue.this) {
        isWaiting = false;
        makeReady();
      }
      wakeWithBatch();
    }

    /** Tokens wait if some have just left; anything else takes them along at once. */
    private boolean mayWait(FlushInterval interval) {
      if (!subscription.endsWithToken()) {
        return false;
      }
      synchronized (OutboundQueue.this) {
        if (isWaiting || isReady) {
          return true;
        }
        if (!interval.isWithin(lastFrameNanos, interval.nanoTime())) {
          return false;
        }
        isWaiting = true;
      }
      interval.soon(this::ready);
      return true;
    }

    private void makeReady() {
      if (!isReady && !isClosed) {
        isReady = true;
        ready.add(this);
      }
    }

    /** Null, and no longer ready, while the viewer has everything. */
    @Nullable String nextFrame() {
      String frame = subscription.nextFrame();
      isReady = frame != null;
      if (flushInterval != null && frame != null) {
        lastFrameNanos = flushInterval.nanoTime();
      }
      return frame;
    }

    void close() {
      isClosed = true;
      if (watch != null) {
        watch.close();
      }
    }
  }
}
