package io.agentstream.backplane;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the directory of a service of one node in this process. A search looks at topics and titles
 * alone. Safe from any thread.
 */
public final class InMemoryDirectory implements Directory {

  // Guarded by this.
  private final Map<String, Entry> conversations = new LinkedHashMap<>();
  private final StartedRequests requests = new StartedRequests();
  private long added;

  /** Creates an empty directory. */
  public InMemoryDirectory() {}

  /**
   * A conversation.
   *
   * @param number its place in the order of all, from 1
   */
  private record Entry(ConversationInfo info, @Nullable String title, long number) {

    boolean contains(String lowerCaseText) {
      return info.topic().toLowerCase(Locale.ROOT).contains(lowerCaseText)
          || (title != null && title.toLowerCase(Locale.ROOT).contains(lowerCaseText));
    }

    ConversationPage.Item item() {
      return new ConversationPage.Item(info, title, info.createdAt());
    }
  }

  @Override
  public synchronized CompletionStage<Void> add(ConversationInfo conversation) {
    added++;
    conversations.put(conversation.conversationId(), new Entry(conversation, null, added));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(conversations.get(conversationId)).map(Entry::info));
  }

  @Override
  public CompletionStage<List<ConversationInfo>> newest(
      @Nullable User owner, Predicate<ConversationInfo> which, int most) {
    return CompletableFuture.completedStage(
        newestFirst().stream()
            .map(Entry::info)
            .filter(info -> owner == null || owner.equals(info.owner()))
            .filter(which)
            .limit(most)
            .toList());
  }

  @Override
  public CompletionStage<ConversationPage> page(
      ConversationQuery query, Predicate<ConversationInfo> which) {
    long before;
    try {
      before = query.cursor() == null ? Long.MAX_VALUE : Long.parseLong(query.cursor());
    } catch (NumberFormatException e) {
      return CompletableFuture.failedStage(new IllegalArgumentException("no such cursor"));
    }
    String text = query.text() == null ? "" : query.text().toLowerCase(Locale.ROOT);
    List<Entry> found =
        newestFirst().stream()
            .filter(entry -> entry.number() < before)
            .filter(entry -> query.owner() == null || query.owner().equals(entry.info().owner()))
            .filter(entry -> entry.contains(text) && which.test(entry.info()))
            .limit(query.limit() + 1L)
            .toList();
    boolean more = found.size() > query.limit();
    List<Entry> page = more ? found.subList(0, query.limit()) : found;
    return CompletableFuture.completedStage(
        new ConversationPage(
            page.stream().map(Entry::item).toList(),
            more ? Long.toString(page.get(page.size() - 1).number()) : null));
  }

  @Override
  public synchronized CompletionStage<Boolean> rename(String conversationId, String title) {
    Entry renamed =
        conversations.computeIfPresent(
            conversationId, (id, entry) -> new Entry(entry.info(), title, entry.number()));
    return CompletableFuture.completedStage(renamed != null);
  }

  @Override
  public synchronized CompletionStage<Optional<String>> title(String conversationId) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(conversations.get(conversationId)).map(Entry::title));
  }

  private synchronized List<Entry> newestFirst() {
    List<Entry> all = new ArrayList<>(conversations.values());
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
  public synchronized CompletionStage<Void> remove(String conversationId) {
    conversations.remove(conversationId);
    requests.remove(conversationId);
    return CompletableFuture.completedStage(null);
  }
}
