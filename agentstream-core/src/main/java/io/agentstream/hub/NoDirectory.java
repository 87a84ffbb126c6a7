package io.agentstream.hub;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The directory of nodes that share none: any conversation may be on another node, none has an
 * owner, and only the journal knows whether one exists. Only the node itself knows the
 * conversations that requests have started.
 */
final class NoDirectory implements Directory {

  private final Directory requests = new InMemoryDirectory();

  @Override
  public CompletionStage<Void> add(ConversationInfo conversation) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
    return CompletableFuture.completedStage(
        Optional.of(new ConversationInfo(conversationId, null, "", List.of(), Instant.EPOCH)));
  }

  @Override
  public CompletionStage<List<ConversationInfo>> newest(
      @Nullable User owner, Predicate<ConversationInfo> which, int most) {
    return CompletableFuture.completedStage(List.of());
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
  public CompletionStage<Void> remove(String conversationId) {
    return requests.remove(conversationId);
  }
}
