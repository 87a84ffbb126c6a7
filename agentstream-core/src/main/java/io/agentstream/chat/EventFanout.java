package io.agentstream.chat;

import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamListener;
import io.agentstream.internal.UserCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each event to the listeners: to inline ones at once, and to each other one through its own
 * queue, so that a slow listener delays no other.
 */
final class EventFanout {

  private static final Logger log = LoggerFactory.getLogger(EventFanout.class);

  /** How many errors of a run are kept; the first ones are the most informative. */
  private static final int MOST_ERRORS = 100;

  private final String conversationId;
  private final UserCode userCode;
  // Arrays, because iterating over a list for every token would allocate an iterator.
  private final StreamListener[] inline;
  private final QueuedListener[] queued;
  private final List<ChatError> errors = new ArrayList<>();

  EventFanout(
      String conversationId,
      List<StreamListener> inline,
      List<StreamListener> listeners,
      PatientExecutor executor,
      UserCode userCode) {
    this.conversationId = conversationId;
    this.userCode = userCode;
    this.inline = inline.toArray(StreamListener[]::new);
    this.queued =
        listeners.stream()
            .map(listener -> new QueuedListener(listener, executor))
            .toArray(QueuedListener[]::new);
  }

  void publish(ChatEvent event) {
    // Reads the clock once for each listener, because the end of one call is the start of the next.
    long began = inline.length == 0 ? 0 : userCode.now();
    for (StreamListener listener : inline) {
      deliver(listener, event);
      began = userCode.took(listener, began);
    }
    for (QueuedListener listener : queued) {
      listener.accept(event);
    }
  }

  /** Publishes an error, and stores it for the run's result. */
  void report(ChatError error) {
    if (errors.size() < MOST_ERRORS) {
      errors.add(error);
    }
    publish(error);
  }

  /** Returns the errors since the last call; called in the conversation's serial order only. */
  List<ChatError> takeErrors() {
    List<ChatError> taken = List.copyOf(errors);
    errors.clear();
    return taken;
  }

  /** Runs {@code task} once every listener has received all events published so far. */
  void whenServed(Runnable task) {
    if (queued.length == 0) {
      task.run();
      return;
    }
    AtomicInteger unserved = new AtomicInteger(queued.length);
    for (QueuedListener listener : queued) {
      listener.queue.afterAll(
          () -> {
            if (unserved.decrementAndGet() == 0) {
              task.run();
            }
          });
    }
  }

  private void deliver(StreamListener listener, ChatEvent event) {
    try {
      listener.onEvent(event);
    } catch (Throwable e) {
      UserCode.caught(e);
      log.atError()
          .addKeyValue("conversation_id", conversationId)
          .setCause(e)
          .log(
              "Conversation {}: listener {} failed on {}",
              conversationId,
              AttachedListener.nameOf(listener),
              event.type());
    }
  }

  private final class QueuedListener {
    private final StreamListener listener;
    private final OffloadingQueue queue;

    QueuedListener(StreamListener listener, PatientExecutor executor) {
      this.listener = listener;
      this.queue = new OffloadingQueue(executor, this::missed);
    }

    void accept(ChatEvent event) {
      queue.execute(() -> deliver(listener, event));
    }

    private void missed(Throwable refusal, int events) {
      log.atError()
          .addKeyValue("conversation_id", conversationId)
          .log(
              "Conversation {}: the chat's executor takes no more work ({}), so listener {} misses"
                  + " {} events",
              conversationId,
              refusal.getClass().getName(),
              AttachedListener.nameOf(listener),
              events);
    }
  }
}
