package io.agentstream.journal;

import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A journal in this process: it keeps the newest events of each conversation within {@link
 * Limits#journalEvents()}, {@link Limits#journalChars()} and {@link Limits#journalSeconds()}, and
 * the data of older events that a snapshot needs.
 */
public final class InMemoryJournal implements Journal {

  private final ConcurrentHashMap<String, ConversationLog> logs = new ConcurrentHashMap<>();
  private final Limits limits;
  private final ChatClock clock;

  /**
   * @param limits bounds for the events kept for replay
   * @param clock the clock for timestamps
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
    return CompletableFuture.completedStage(Optional.ofNullable(readable(conversationId)));
  }

  /** A conversation cannot be read before its first event. */
  private @Nullable ConversationLog readable(String conversationId) {
    ConversationLog log = logs.get(conversationId);
    return log == null || log.epoch() == 0 ? null : log;
  }

  @Override
  public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> conversationIds) {
    Map<String, Snapshot.State> states = new HashMap<>();
    for (String id : conversationIds) {
      ConversationLog log = readable(id);
      if (log != null) {
        states.put(id, log.state());
      }
    }
    return CompletableFuture.completedStage(states);
  }

  @Override
  public void remove(String conversationId) {
    logs.remove(conversationId);
  }

  /** Returns the number of kept conversations. */
  int size() {
    return logs.size();
  }
}
