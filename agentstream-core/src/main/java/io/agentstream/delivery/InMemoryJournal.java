package io.agentstream.delivery;

import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

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
    return logs.computeIfAbsent(conversationId, id -> new ConversationLog(id, limits, clock))
        .open(epoch);
  }

  @Override
  public CompletionStage<Optional<JournalReader>> read(String conversationId) {
    ConversationLog log = logs.get(conversationId);
    // Nobody can make anything of a conversation before its first event.
    return CompletableFuture.completedStage(
        log == null || log.epoch() == 0 ? Optional.empty() : Optional.of(log));
  }

  @Override
  public void remove(String conversationId) {
    logs.remove(conversationId);
  }
}
