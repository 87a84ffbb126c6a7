package io.agentstream.redis;

import io.agentstream.delivery.ConversationLog;
import io.agentstream.delivery.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as one node has it: written here and on its way to Redis, or written elsewhere and
 * followed here. Fields are guarded by this object unless said otherwise.
 */
final class SharedConversation {

  final String id;
  final ConversationLog log;

  /** Whether the pump has it on its list; by itself. */
  final AtomicBoolean marked = new AtomicBoolean();

  /** What is written here; null while it is followed. */
  @Nullable Outflow outflow;

  /** Done when it is followed; null while it is not. */
  @Nullable CompletableFuture<Optional<JournalReader>> following;

  /** What was heard before the conversation was loaded; null once it is. */
  @Nullable List<String> heardEarly = new ArrayList<>();

  /** When it was last asked for, on the clock's {@code nanoTime}. */
  long usedAt;

  SharedConversation(String id, ConversationLog log) {
    this.id = id;
    this.log = log;
  }

  synchronized boolean isOwned() {
    return outflow != null;
  }

  synchronized boolean isBehind() {
    return outflow != null && outflow.isBehind();
  }

  synchronized @Nullable Outflow outflow() {
    return outflow;
  }
}
