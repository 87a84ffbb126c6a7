package io.agentstream.chat;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamListener;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each event to the listeners: to the inline ones at once, to each other one through a queue
 * of its own, so that a slow listener waits alone.
 */
final class EventFanout {

  private static final Logger log = LoggerFactory.getLogger(EventFanout.class);

  private final String conversationId;
  // Arrays: going through a list makes an iterator, and this happens for every token.
  private final StreamListener[] inline;
  private final QueuedListener[] queued;

  EventFanout(
      String conversationId,
      List<StreamListener> inline,
      List<StreamListener> listeners,
      Executor executor) {
    this.conversationId = conversationId;
    this.inline = inline.toArray(StreamListener[]::new);
    this.queued =
        listeners.stream()
            .map(listener -> new QueuedListener(listener, executor))
            .toArray(QueuedListener[]::new);
  }

  void publish(ChatEvent event) {
    for (StreamListener listener : inline) {
      deliver(listener, event);
    }
    for (QueuedListener listener : queued) {
      listener.accept(event);
    }
  }

  private void deliver(StreamListener listener, ChatEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException | Error e) {
      log.atError()
          .addKeyValue("conversation_id", conversationId)
          .setCause(e)
          .log(
              "Conversation {}: listener {} failed on {}",
              conversationId,
              listener.getClass().getName(),
              event.type());
    }
  }

  private final class QueuedListener {
    private final StreamListener listener;
    private final OffloadingQueue queue;

    QueuedListener(StreamListener listener, Executor executor) {
      this.listener = listener;
      this.queue = new OffloadingQueue(executor);
    }

    void accept(ChatEvent event) {
      try {
        queue.execute(() -> deliver(listener, event));
      } catch (RejectedExecutionException e) {
        log.atError()
            .addKeyValue("conversation_id", conversationId)
            .log(
                "Conversation {}: the chat's executor takes no more work, listener {} misses {}",
                conversationId,
                listener.getClass().getName(),
                event.type());
      }
    }
  }
}
