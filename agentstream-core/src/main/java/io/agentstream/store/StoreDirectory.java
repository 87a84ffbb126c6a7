package io.agentstream.store;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationPage.Item;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the directory from the store; a conversation in memory is found without it. */
final class StoreDirectory implements Directory {

  private final Store store;
  private final LiveConversations live;
  private final StoreWriter writer;
  private final StoreReads reads;

  StoreDirectory(StoreService service, LiveConversations live) {
    this.store = service.store;
    this.live = live;
    this.writer = service.writer;
    this.reads = service.reads;
  }

  @Override
  public CompletionStage<Void> add(ConversationInfo conversation) {
    live.hold(conversation.conversationId()).describe(conversation);
    return writer.submitNow(
        () -> {
          store.add(conversation);
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
    LiveConversation known = live.get(conversationId);
    ConversationInfo info = known == null ? null : known.info();
    return info == null
        ? reads.read(() -> store.find(conversationId))
        : CompletableFuture.completedStage(Optional.of(info));
  }

  @Override
  public CompletionStage<List<ConversationInfo>> newest(
      @Nullable User owner, Predicate<ConversationInfo> which, int most) {
    int limit = Math.min(most, ConversationQuery.MAX_LIMIT);
    return page(new ConversationQuery(owner, null, null, limit), which)
        .thenApply(page -> page.items().stream().map(Item::conversation).toList());
  }

  @Override
  public CompletionStage<ConversationPage> page(
      ConversationQuery query, Predicate<ConversationInfo> which) {
    return reads.read(() -> filled(query, which));
  }

  /** Reads on while the filter leaves nothing, so that a page without a search is never empty. */
  private ConversationPage filled(ConversationQuery query, Predicate<ConversationInfo> which) {
    ConversationQuery next = query;
    List<Item> items = new ArrayList<>();
    while (true) {
      ConversationPage page = store.list(next);
      page.items().stream().filter(item -> which.test(item.conversation())).forEach(items::add);
      String cursor = page.nextCursor();
      if (cursor == null || !items.isEmpty() || query.text() != null) {
        return new ConversationPage(items, cursor);
      }
      next = next.at(cursor);
    }
  }

  @Override
  public CompletionStage<Boolean> rename(String conversationId, String title) {
    return writer.submitNow(() -> store.rename(conversationId, title));
  }

  @Override
  public CompletionStage<Optional<String>> startedBy(StartRequest request) {
    return reads.read(() -> store.startedBy(request));
  }

  @Override
  public CompletionStage<String> started(StartRequest request, String conversationId) {
    return writer.submitNow(() -> store.started(request, conversationId));
  }

  @Override
  public CompletionStage<Void> remove(String conversationId) {
    live.remove(conversationId);
    return writer.submitPatiently(
        () -> {
          store.remove(conversationId);
          // A viewer may have read it meanwhile.
          live.remove(conversationId);
          return null;
        });
  }
}
