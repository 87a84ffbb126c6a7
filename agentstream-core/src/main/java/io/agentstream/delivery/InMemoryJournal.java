package io.agentstream.delivery;

import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations in this process: the newest events of each within {@link
 * Limits#journalEvents()} and {@link Limits#journalChars()}, and what a snapshot needs of the rest.
 */
public final class InMemoryJournal implements Journal {

  private final ConcurrentHashMap<String, ConversationLog> logs = new ConcurrentHashMap<>();
  private final Limits limits;
  private final ChatClock clock;

  /**
   * @param limits how much of each conversation is kept for replay
   * @param clock gives events their timestamps
   */
  public InMemoryJournal(Limits limits, ChatClock clock) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public JournalWriter open(String conversationId, long epoch) {
    ConversationLog opened = new ConversationLog(conversationId, epoch, limits, clock);
    logs.compute(
        conversationId,
        (id, current) -> {
          if (current != null) {
            if (current.epoch() >= epoch) {
              throw new StaleEpochException(id, epoch, current.epoch());
            }
            current.supersede(epoch);
          }
          return opened;
        });
    return opened;
  }

  @Override
  public @Nullable JournalReader read(String conversationId) {
    return logs.get(conversationId);
  }

  @Override
  public void remove(String conversationId) {
    logs.remove(conversationId);
  }
}
