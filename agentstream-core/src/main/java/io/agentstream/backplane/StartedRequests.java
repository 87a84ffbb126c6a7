package io.agentstream.backplane;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The conversations that requests have started on this node. Thread-safe. */
final class StartedRequests {

  // Guarded by this.
  private final Map<StartRequest, String> conversations = new HashMap<>();
  private final Map<String, StartRequest> requests = new HashMap<>();

  synchronized CompletionStage<Optional<String>> startedBy(StartRequest request) {
    return CompletableFuture.completedStage(Optional.ofNullable(conversations.get(request)));
  }

  synchronized CompletionStage<String> started(StartRequest request, String conversationId) {
    String earlier = conversations.putIfAbsent(request, conversationId);
    if (earlier == null) {
      requests.put(conversationId, request);
    }
    return CompletableFuture.completedStage(earlier == null ? conversationId : earlier);
  }

  synchronized void remove(String conversationId) {
    StartRequest request = requests.remove(conversationId);
    if (request != null) {
      conversations.remove(request);
    }
  }
}
