package io.agentstream.redis;

import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A conversation on one node: either written here and sent to Redis, or written elsewhere and
 * followed here. Fields are guarded by this object unless noted otherwise.
 */
final class SharedConversation {

  final String id;
  final ConversationLog log;

  /** True if the pump has this conversation on its list. Not guarded by the conversation. */
  final AtomicBoolean marked = new AtomicBoolean();

  /** The outflow of a conversation that is written here; null while it is followed. */
  @Nullable Outflow outflow;

  /** Completes when the conversation is followed; null while it is not. */
  @Nullable CompletableFuture<Optional<JournalReader>> following;

  /** Messages that arrived before the conversation was loaded; null once it is loaded. */
  @Nullable List<String> heardEarly = new ArrayList<>();

  /** The time of the last request, on the clock's {@code nanoTime}. */
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
