package io.agentstream.test;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.MessageReset;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records every event of one conversation. Register it inline, so that events are available at
 * once:
 *
 * <pre>{@code
 * RecordedEvents events = new RecordedEvents();
 * chat.newConversation("Will it?").inlineListener(events).start();
 * assertThat(events).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class RecordedEvents implements StreamListener {

  private static final long PATIENCE_SECONDS = 60;

  private final List<ChatEvent> events = new ArrayList<>();

  /** Returns events that were recorded in another way. */
  public static RecordedEvents of(Collection<? extends ChatEvent> events) {
    RecordedEvents recorded = new RecordedEvents();
    events.forEach(recorded::onEvent);
    return recorded;
  }

  @Override
  public void onEvent(ChatEvent event) {
    synchronized (events) {
      events.add(event);
      events.notifyAll();
    }
  }

  /** Returns all events so far, in order. */
  public List<ChatEvent> all() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** Returns the wire names of all events so far, in order. */
  public List<String> types() {
    return all().stream().map(ChatEvent::type).toList();
  }

  /** Returns the events of one type, in order. */
  public <T extends ChatEvent> List<T> of(Class<T> type) {
    return all().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * Returns the only event of its type.
   *
   * @throws AssertionError if there are several or none
   */
  public <T extends ChatEvent> T only(Class<T> type) {
    List<T> found = of(type);
    if (found.size() != 1) {
      throw new AssertionError("Expected one " + type.getSimpleName() + " but found " + found);
    }
    return found.get(0);
  }

  /** Returns the text of a message after its tokens and resets so far; empty if there are none. */
  public String textOf(String messageId) {
    StringBuilder text = new StringBuilder();
    for (ChatEvent event : all()) {
      if (event instanceof StreamingToken token && token.messageId().equals(messageId)) {
        text.append(token.token());
      } else if (event instanceof MessageReset reset && reset.messageId().equals(messageId)) {
        text.setLength(Math.min(text.length(), reset.offset()));
      }
    }
    return text.toString();
  }

  /**
   * Returns true if the newest event is the end of a run. Changes of the roster do not count: they
   * may follow the end.
   */
  public boolean isEnded() {
    synchronized (events) {
      int newest = events.size() - 1;
      while (newest >= 0 && events.get(newest) instanceof RosterChanged) {
        newest--;
      }
      return newest >= 0 && events.get(newest) instanceof ConversationEnded;
    }
  }

  /**
   * Waits until {@link #isEnded}, for chats on other threads.
   *
   * @throws AssertionError if this does not happen within a minute
   */
  public void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (events) {
      while (!isEnded()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("No end in " + PATIENCE_SECONDS + " seconds: " + events);
        }
        events.wait(left);
      }
    }
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
