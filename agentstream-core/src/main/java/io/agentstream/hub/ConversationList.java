package io.agentstream.hub;

import io.agentstream.backplane.Directory;
import io.agentstream.event.ErrorCode;
import io.agentstream.identity.Access;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import io.agentstream.internal.PlainText;
import io.agentstream.journal.Journal;
import io.agentstream.wire.ControlFrame.Conversations;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.ViewingCommand.ListConversations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Determines the conversations in a user's list. */
record ConversationList(Directory directory, Journal journal, ConversationAccess access) {

  /** The maximum number of conversations in one reply. */
  static final int MAX_ITEMS = ConversationQuery.MAX_LIMIT;

  /** The longest topic in a reply, in UTF-16 code units. */
  static final int MAX_TOPIC_CHARS = 200;

  CompletionStage<Conversations> of(User user, ListConversations command) {
    Integer limit = command.limit();
    ConversationQuery query =
        new ConversationQuery(
            access.listsOwnOnly() ? user : null,
            command.query(),
            command.cursor(),
            limit == null ? MAX_ITEMS : limit);
    Predicate<ConversationInfo> which = info -> isListed(user, info);
    return directory
        .page(query, which)
        .exceptionallyCompose(failure -> withoutPages(query, which, failure))
        .thenCompose(this::describe);
  }

  private boolean isListed(User user, ConversationInfo info) {
    return access.of(user, info).includes(Access.VIEW) && access.isListed(user, info);
  }

  private CompletionStage<ConversationPage> withoutPages(
      ConversationQuery query, Predicate<ConversationInfo> which, Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof IllegalArgumentException) {
      return CompletableFuture.failedStage(
          refusal(ErrorCode.INVALID_FIELD, "'cursor' must be one that this server gave."));
    }
    if (!(cause instanceof UnsupportedOperationException)) {
      return CompletableFuture.failedStage(cause);
    }
    if (query.text() != null) {
      return CompletableFuture.failedStage(
          refusal(ErrorCode.INVALID_FIELD, "'query' must be left out: this server cannot search."));
    }
    if (query.cursor() != null) {
      return CompletableFuture.failedStage(
          refusal(ErrorCode.INVALID_FIELD, "'cursor' must be one that this server gave."));
    }
    return directory
        .newest(query.owner(), which, query.limit())
        .thenApply(
            newest ->
                new ConversationPage(
                    newest.stream()
                        .map(info -> new ConversationPage.Item(info, null, info.createdAt()))
                        .toList(),
                    null));
  }

  /** Returns a refusal if the directory does not support the operation, else its failure. */
  static Throwable refused(Throwable failure, ErrorCode code, String message) {
    Throwable cause = cause(failure);
    return cause instanceof UnsupportedOperationException ? refusal(code, message) : cause;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static ProtocolException refusal(ErrorCode code, String message) {
    return new ProtocolException(code, message, null);
  }

  private CompletionStage<Conversations> describe(ConversationPage page) {
    return journal
        .states(page.items().stream().map(item -> item.conversation().conversationId()).toList())
        .thenApply(states -> new Conversations(items(page, states), page.nextCursor()));
  }

  private static List<Conversations.Item> items(
      ConversationPage page, Map<String, Snapshot.State> states) {
    List<Conversations.Item> items = new ArrayList<>();
    for (ConversationPage.Item item : page.items()) {
      Snapshot.State state = states.get(item.conversation().conversationId());
      if (state != null) {
        items.add(item(item, state));
      }
    }
    return items;
  }

  private static Conversations.Item item(ConversationPage.Item item, Snapshot.State state) {
    ConversationInfo info = item.conversation();
    return new Conversations.Item(
        info.conversationId(),
        shortened(info.topic()),
        state,
        info.agents(),
        info.createdAt(),
        item.title());
  }

  private static String shortened(String topic) {
    return topic.length() <= MAX_TOPIC_CHARS ? topic : PlainText.cut(topic, MAX_TOPIC_CHARS) + "…";
  }
}
