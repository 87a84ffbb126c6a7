package io.agentstream.store;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Enters conversations in the directory that the nodes share and in the store; lists the store. */
final class KeptDirectory implements Directory {

  private final Directory shared;
  private final StoreService service;
  private final StoreDirectory stored;
  private final KeptJournal journal;

  /**
   * @param stored the store's own directory, for everything but entries
   */
  KeptDirectory(
      Directory shared, StoreService service, StoreDirectory stored, KeptJournal journal) {
    this.shared = shared;
    this.service = service;
    this.stored = stored;
    this.journal = journal;
  }

  @Override
  public CompletionStage<Void> add(ConversationInfo conversation) {
    return shared
        .add(conversation)
        .thenCompose(
            done ->
                service.writer.submitNow(
                    () -> {
                      service.store.add(conversation);
                      return null;
                    }))
        .thenRun(() -> journal.entered(conversation.conversationId()));
  }

  @Override
  public CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
    return shared
        .find(conversationId)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(found)
                    : stored.find(conversationId));
  }

  @Override
  public CompletionStage<List<ConversationInfo>> newest(
      @Nullable User owner, Predicate<ConversationInfo> which, int most) {
    return stored.newest(owner, which, most);
  }

  @Override
  public CompletionStage<ConversationPage> page(
      ConversationQuery query, Predicate<ConversationInfo> which) {
    return stored.page(query, which);
  }

  @Override
  public CompletionStage<Boolean> rename(String conversationId, String title) {
    return stored.rename(conversationId, title);
  }

  @Override
  public CompletionStage<Optional<String>> startedBy(StartRequest request) {
    return shared
        .startedBy(request)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(found)
                    : stored.startedBy(request));
  }

  @Override
  public CompletionStage<String> started(StartRequest request, String conversationId) {
    return shared
        .started(request, conversationId)
        .thenCompose(
            first ->
                first.equals(conversationId)
                    ? stored.started(request, conversationId)
                    : CompletableFuture.completedStage(first));
  }

  @Override
  public CompletionStage<Void> remove(String conversationId) {
    return shared.remove(conversationId).thenCompose(done -> stored.remove(conversationId));
  }
}
