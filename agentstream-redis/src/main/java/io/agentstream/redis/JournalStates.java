package io.agentstream.redis;

import io.agentstream.journal.ConversationLog;
import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Looks up how conversations stand: in the log of those that this node writes, and in Redis for all
 * others, without following them.
 */
final class JournalStates {

  private static final String STATE = "state";

  private final RedisLink link;
  private final Keys keys;
  private final Map<String, SharedConversation> conversations;

  /**
   * @param conversations those that this node writes or follows, by id
   */
  JournalStates(RedisLink link, Keys keys, Map<String, SharedConversation> conversations) {
    this.link = link;
    this.keys = keys;
    this.conversations = conversations;
  }

  /** Returns the states of those that exist, by id. */
  CompletionStage<Map<String, Snapshot.State>> of(Collection<String> ids) {
    return link.handOut(
        Answers.orUnavailable(
                "Redis does not give how conversations stand", Answers.all(ids, this::state))
            .thenApply(JournalStates::known));
  }

  private static Map<String, Snapshot.State> known(Map<String, Optional<Snapshot.State>> answers) {
    Map<String, Snapshot.State> states = new HashMap<>();
    answers.forEach((id, answer) -> answer.ifPresent(state -> states.put(id, state)));
    return states;
  }

  private CompletionStage<Optional<Snapshot.State>> state(String id) {
    SharedConversation conversation = conversations.get(id);
    if (conversation != null && conversation.isOwned()) {
      ConversationLog log = conversation.log;
      return CompletableFuture.completedStage(
          log.epoch() == 0 ? Optional.empty() : Optional.of(log.state()));
    }
    return link.queries()
        .hget(keys.conversation(id), STATE)
        .handle(
            (name, failure) -> {
              if (failure != null && !Stored.isWrongType(failure)) {
                throw new CompletionException(failure);
              }
              return Stored.state(id, name);
            });
  }
}
