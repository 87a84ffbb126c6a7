package io.agentstream.redis;

import io.agentstream.internal.UserCode;
import io.agentstream.journal.internal.Reach;
import io.agentstream.redis.Outflow.Batch;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends this node's events to Redis, on a thread of its own. A streaming thread only marks its
 * conversation and continues. Events of two milliseconds leave as one write, for any number of
 * conversations, and each conversation has at most one batch in progress.
 */
final class Pump implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final long LINGER_NANOS = 2_000_000;
  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  /** Receives events that cannot be written, on the connection's thread or on this thread. */
  interface Owner {
    void stale(SharedConversation conversation, Outflow outflow, long epoch);

    void gone(SharedConversation conversation, Outflow outflow);

    /**
     * Called when Redis has opened the conversation.
     *
     * @param unknown true if Redis did not know the conversation before
     */
    void opened(SharedConversation conversation, boolean unknown);

    /** Called when Redis has everything of one more conversation. */
    void taken();

    /** Called if a conversation's events cannot be written as text. */
    void broken(SharedConversation conversation, Outflow outflow, Throwable cause);
  }

  private final RedisLink link;
  private final Keys keys;
  private final String node;
  private final ChatClock clock;
  private final Duration keep;
  private final Reach reach;
  private final Owner owner;
  private final Queue<SharedConversation> marked = new ConcurrentLinkedQueue<>();
  private final AppendWatch watch;
  private final Thread thread;
  private final ThreadWatch threadWatch;
  private volatile boolean idle;
  private volatile long rounds;
  private volatile boolean closed;

  Pump(RedisLink link, Keys keys, String node, RedisSettings settings, Reach reach, Owner owner) {
    this.link = link;
    this.keys = keys;
    this.node = node;
    this.clock = settings.clock();
    this.keep = settings.keep();
    this.reach = reach;
    this.owner = owner;
    this.watch = new AppendWatch(settings.commandTimeout().toNanos());
    this.thread = new Thread(this::run, "agentstream-redis");
    thread.setDaemon(true);
    this.threadWatch = new ThreadWatch(thread, () -> rounds, () -> !marked.isEmpty());
  }

  void start() {
    thread.start();
  }

  /** Signals that there may be something to send. Called from any thread. */
  void mark(SharedConversation conversation) {
    if (!conversation.marked.get() && conversation.marked.compareAndSet(false, true)) {
      marked.add(conversation);
      if (idle) {
        LockSupport.unpark(thread);
      }
    }
  }

  /** Reconnects if Redis does not answer. Called by one thread at a time. */
  void check() {
    if (watch.isStuck(clock.nanoTime())) {
      reach.failed(new TimeoutException("No answer to appends"));
      link.reconnectAppends();
    }
  }

  /** Returns false if the thread is dead or stuck. Called by one thread at a time. */
  boolean isAlive() {
    return closed || threadWatch.isAlive();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      try {
        round();
      } catch (Throwable e) {
        // The thread must survive: without it no event of any conversation would reach another
        // node.
        UserCode.caught(e);
        log.error("A write to Redis failed because of a defect", e);
        LockSupport.parkNanos(this, RETRY_AFTER.toNanos());
      }
    }
  }

  private void round() {
    SharedConversation next = marked.poll();
    if (next == null) {
      waitForMarks();
    } else {
      burst(next);
      LockSupport.parkNanos(this, LINGER_NANOS);
    }
  }

  private void waitForMarks() {
    idle = true;
    // Checked again, because a mark that was set before idle did not wake this thread.
    if (marked.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    idle = false;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // This thread alone writes it.
  private void burst(SharedConversation first) {
    SharedConversation next = first;
    while (next != null) {
      next.marked.set(false);
      trySend(next);
      rounds++;
      next = marked.poll();
    }
    link.flushAppends();
  }

  private void send(SharedConversation conversation) {
    synchronized (conversation) {
      Outflow outflow = conversation.outflow;
      if (outflow == null || outflow.isUnderWay()) {
        return;
      }
      if (!outflow.isOpened()) {
        open(conversation, outflow);
        return;
      }
      Batch batch = outflow.next();
      if (batch != null) {
        append(conversation, outflow, batch);
      }
    }
  }

  /** Sends the pending events, or gives up this one conversation. */
  private void trySend(SharedConversation conversation) {
    Outflow outflow = conversation.outflow();
    try {
      send(conversation);
    } catch (Exception | StackOverflowError e) {
      if (outflow != null) {
        owner.broken(conversation, outflow, e);
      }
    } catch (Throwable e) {
      // A fault of the process, not of this conversation.
      UserCode.caught(e);
      again(conversation, outflow);
    }
  }

  private void open(SharedConversation conversation, Outflow outflow) {
    CompletionStage<List<String>> reply =
        Script.OPEN.run(
            link.appends(),
            keys.ofConversation(conversation.id),
            node,
            Long.toString(outflow.epoch),
            Long.toString(keep.toMillis()));
    expect(reply, conversation, outflow, null);
  }

  private void append(SharedConversation conversation, Outflow outflow, Batch batch) {
    CompletionStage<List<String>> reply =
        Script.APPEND.run(
            link.appends(), keys.ofConversation(conversation.id), batch.arguments(outflow.epoch));
    expect(reply, conversation, outflow, batch);
  }

  private void expect(
      CompletionStage<List<String>> reply,
      SharedConversation conversation,
      Outflow outflow,
      @Nullable Batch batch) {
    outflow.begun();
    watch.sent();
    CompletionStage<List<String>> unused =
        reply.whenComplete(
            (result, failure) -> {
              watch.answered();
              if (failure != null) {
                failed(conversation, outflow, failure);
              } else {
                answered(conversation, outflow, batch, result);
              }
            });
  }

  private void failed(SharedConversation conversation, Outflow outflow, Throwable cause) {
    if (Stored.isWrongType(cause)) {
      // The failure concerns one conversation, and a retry would not help.
      owner.broken(conversation, outflow, cause);
      return;
    }
    reach.failed(cause);
    again(conversation, outflow);
  }

  private void again(SharedConversation conversation, @Nullable Outflow outflow) {
    synchronized (conversation) {
      if (outflow != null) {
        outflow.failed();
      }
    }
    if (!closed) {
      clock.schedule(RETRY_AFTER, () -> mark(conversation));
    }
  }

  private void answered(
      SharedConversation conversation,
      Outflow outflow,
      @Nullable Batch batch,
      List<String> result) {
    reach.succeeded();
    Long number = Stored.number(result.get(1));
    if (number == null) {
      owner.broken(conversation, outflow, new IllegalStateException("Redis gave no number"));
      return;
    }
    switch (result.get(0)) {
      case "stale" -> owner.stale(conversation, outflow, number);
      case "gone" -> owner.gone(conversation, outflow);
      case "gap" -> taken(conversation, outflow, batch, number);
      default -> {
        taken(conversation, outflow, batch, -1);
        if (batch == null) {
          owner.opened(conversation, result.get(0).equals("new"));
        }
      }
    }
  }

  private void taken(
      SharedConversation conversation, Outflow outflow, @Nullable Batch batch, long setBackTo) {
    boolean behind;
    List<CompletableFuture<Void>> recorded = List.of();
    synchronized (conversation) {
      if (setBackTo >= 0) {
        outflow.setBack(setBackTo);
      } else if (batch == null) {
        outflow.opened();
      } else {
        outflow.taken(batch);
        recorded = outflow.awaited().taken();
      }
      behind = outflow.isBehind();
    }
    // A tool is called next, which may be a user's code on this thread.
    for (CompletableFuture<Void> stage : recorded) {
      link.execute(() -> stage.complete(null));
    }
    if (behind) {
      mark(conversation);
    } else {
      owner.taken();
    }
  }
}
