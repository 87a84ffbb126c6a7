package io.agentstream.backplane;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.journal.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations there are on all nodes, and whose they are: what decides who may see one.
 * Implementations are safe from any thread, and no method blocks. The stages fail with {@link
 * UnavailableException} if the directory cannot be reached.
 */
public interface Directory {

  /** Enters a conversation; nobody can join it before. */
  CompletionStage<Void> add(ConversationInfo conversation);

  /** The conversation with this id; empty if there is none or it is no longer kept. */
  CompletionStage<Optional<ConversationInfo>> find(String conversationId);

  /**
   * The newest of those that {@code which} holds for, the newest first.
   *
   * @param owner of whom alone; null for everybody's
   * @param which called on any thread; must not block
   * @param most how many at the most
   */
  CompletionStage<List<ConversationInfo>> newest(
      @Nullable User owner, Predicate<ConversationInfo> which, int most);

  /** The conversation that this request has started on any node, as long as that is kept. */
  CompletionStage<Optional<String>> startedBy(StartRequest request);

  /**
   * Enters which conversation a request starts, unless another that is kept was entered for it
   * before, on this or another node: of several at the same time the first decides for all.
   *
   * @param conversationId must have been entered with {@link #add} before
   * @return the conversation that the request means from now on
   */
  CompletionStage<String> started(StartRequest request, String conversationId);

  /** Strikes a conversation out. Does nothing if there is none. */
  void remove(String conversationId);
}
