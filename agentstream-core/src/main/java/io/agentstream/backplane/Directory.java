package io.agentstream.backplane;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import io.agentstream.journal.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists the conversations of all nodes with their users, which decides on access. Implementations
 * are thread-safe, and no method blocks. The stages fail with {@link UnavailableException} if the
 * directory cannot be reached.
 */
public interface Directory {

  /** Adds a conversation; before that nobody can join it. */
  CompletionStage<Void> add(ConversationInfo conversation);

  /** Returns the conversation with this id; empty if there is none or it is no longer kept. */
  CompletionStage<Optional<ConversationInfo>> find(String conversationId);

  /**
   * Returns up to {@code most} conversations that match {@code which}, newest first.
   *
   * @param owner only this user's conversations, or null for all users
   * @param which the filter; called on any thread, must not block
   * @param most the maximum number
   */
  CompletionStage<List<ConversationInfo>> newest(
      @Nullable User owner, Predicate<ConversationInfo> which, int most);

  /** Returns the conversation that this request has started on any node, if it is still kept. */
  CompletionStage<Optional<String>> startedBy(StartRequest request);

  /**
   * Records the conversation that a request starts, unless the request already has one that is
   * kept, on this or another node. Of several concurrent calls the first decides for all.
   *
   * @param conversationId must have been entered with {@link #add} before
   * @return the conversation of this request from now on
   */
  CompletionStage<String> started(StartRequest request, String conversationId);

  /**
   * Returns a page of the conversations that {@code which} accepts.
   *
   * @param which called on any thread; must not block
   * @return fails with {@link UnsupportedOperationException}, the default, if this directory gives
   *     no pages
   */
  default CompletionStage<ConversationPage> page(
      ConversationQuery query, Predicate<ConversationInfo> which) {
    return CompletableFuture.failedStage(new UnsupportedOperationException("no pages here"));
  }

  /**
   * Gives a conversation a title.
   *
   * @return false if there is no such conversation; fails with {@link
   *     UnsupportedOperationException}, the default, if this directory keeps no titles
   */
  default CompletionStage<Boolean> rename(String conversationId, String title) {
    return CompletableFuture.failedStage(new UnsupportedOperationException("no titles here"));
  }

  /**
   * Returns the title that a person gave a conversation; empty if it has none, if there is no such
   * conversation, or, as by default, if this directory keeps no titles.
   */
  default CompletionStage<Optional<String>> title(String conversationId) {
    return CompletableFuture.completedStage(Optional.empty());
  }

  /**
   * Removes a conversation, and all that is kept of it together with the directory. Does nothing if
   * there is none.
   *
   * @return done when it is gone
   */
  CompletionStage<Void> remove(String conversationId);
}
