package io.agentstream.backplane;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A directory of a single node, in this process. Thread-safe. */
public final class InMemoryDirectory implements Directory {

  // Guarded by this.
  private final Map<String, ConversationInfo> conversations = new LinkedHashMap<>();
  private final StartedRequests requests = new StartedRequests();

  /** Creates an empty directory. */
  public InMemoryDirectory() {}

  @Override
  public synchronized CompletionStage<Void> add(ConversationInfo conversation) {
    conversations.put(conversation.conversationId(), conversation);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
    return CompletableFuture.completedStage(Optional.ofNullable(conversations.get(conversationId)));
  }

  @Override
  public CompletionStage<List<ConversationInfo>> newest(
      @Nullable User owner, Predicate<ConversationInfo> which, int most) {
    return CompletableFuture.completedStage(
        newestFirst().stream()
            .filter(info -> owner == null || owner.equals(info.owner()))
            .filter(which)
            .limit(most)
            .toList());
  }

  private synchronized List<ConversationInfo> newestFirst() {
    List<ConversationInfo> all = new ArrayList<>(conversations.values());
    Collections.reverse(all);
    return all;
  }

  @Override
  public CompletionStage<Optional<String>> startedBy(StartRequest request) {
    return requests.startedBy(request);
  }

  @Override
  public CompletionStage<String> started(StartRequest request, String conversationId) {
    return requests.started(request, conversationId);
  }

  @Override
  public synchronized void remove(String conversationId) {
    conversations.remove(conversationId);
    requests.remove(conversationId);
  }
}
