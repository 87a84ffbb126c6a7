package io.agentstream.hub;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.StreamListener;
import io.agentstream.hub.LocalConversations.Running;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes a conversation some time after its end, unless it continues, and tells the audience when
 * it needs viewers.
 */
final class Retention implements StreamListener {

  private final String id;
  private final ChatClock clock;
  private final Duration kept;
  private final @Nullable Audience audience;
  private final Duration unviewed;
  private final Consumer<Running> forget;

  // Guarded by this.
  private @Nullable Running running;
  private Alarm alarm = () -> {};
  private boolean ended;

  /**
   * @param kept how long it is kept after its end
   * @param audience the viewers that it needs while it runs; null if it runs without viewers
   * @param unviewed how long it runs without viewers; zero for no limit
   * @param forget removes it; called when the time is over
   */
  Retention(
      String id,
      ChatClock clock,
      Duration kept,
      @Nullable Audience audience,
      Duration unviewed,
      Consumer<Running> forget) {
    this.id = id;
    this.clock = clock;
    this.kept = kept;
    this.audience = audience;
    this.unviewed = unviewed;
    this.forget = forget;
  }

  synchronized void begin(Running running) {
    this.running = running;
    if (ended) {
      // It ended before it was known here, and the alarm may have rung for nothing.
      alarm.cancel();
      alarm = clock.schedule(kept, this::forgetConversation);
    }
  }

  /** Releases the conversation, which was removed early. */
  synchronized void stop() {
    alarm.cancel();
    running = null;
  }

  @Override
  public synchronized void onConversationStarted(ConversationStarted event) {
    alarm.cancel();
    ended = false;
    if (audience != null) {
      audience.started(id, unviewed);
    }
  }

  @Override
  public synchronized void onConversationEnded(ConversationEnded event) {
    if (audience != null) {
      audience.ended(id);
    }
    ended = true;
    alarm = clock.schedule(kept, this::forgetConversation);
  }

  private synchronized void forgetConversation() {
    // A cancelled alarm may already be ringing.
    if (running != null && ended) {
      forget.accept(running);
    }
  }
}
