package io.agentstream.redis;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps directory entries in Redis. A conversation's entry is a field of its hash, so both
 * disappear together. Sorted sets, one for all conversations and one for each owner, list the ids
 * by start time.
 */
final class RedisDirectory implements Directory {

  private static final String FIELD = "info";

  /** The field that holds the key of the request which started the conversation. */
  private static final String REQUEST = "request";

  /** How many entries each upkeep checks. */
  private static final int LOOKED_AT = 100;

  private final RedisLink link;
  private final Keys keys;
  private final long keepMillis;

  /**
   * The conversations that this node has entered and not begun to write. Other nodes may give them
   * up if this node stalls.
   */
  private final Map<String, ConversationInfo> unbegun = new ConcurrentHashMap<>();

  private volatile Predicate<String> written = id -> false;

  /**
   * @param keep how long requests and the sets of owners are kept, unless {@link #tidy} extends it
   */
  RedisDirectory(RedisLink link, Keys keys, Duration keep) {
    this.link = link;
    this.keys = keys;
    this.keepMillis = keep.toMillis();
  }

  /** Sets what says whether this node writes a conversation. */
  void whereWritten(Predicate<String> written) {
    this.written = written;
  }

  @Override
  public CompletionStage<Void> add(ConversationInfo conversation) {
    unbegun.put(conversation.conversationId(), conversation);
    return enter(conversation);
  }

  /**
   * Called when the conversation's journal has begun.
   *
   * @param again true if Redis has lost the entry
   */
  void begun(String conversationId, boolean again) {
    ConversationInfo conversation = unbegun.get(conversationId);
    if (again && conversation != null) {
      enterAgain(conversation);
    } else {
      unbegun.remove(conversationId);
    }
  }

  private void enterAgain(ConversationInfo conversation) {
    CompletionStage<Boolean> unused =
        enter(conversation)
            .thenApply(done -> unbegun.remove(conversation.conversationId(), conversation));
  }

  /** Called when this node no longer runs the conversation. */
  void lost(String conversationId) {
    unbegun.remove(conversationId);
  }

  private CompletionStage<Void> enter(ConversationInfo conversation) {
    String id = conversation.conversationId();
    double startedAt = conversation.createdAt().toEpochMilli();
    RedisAsyncCommands<String, String> redis = link.queries();
    List<CompletionStage<?>> entered = new ArrayList<>();
    entered.add(redis.hset(keys.conversation(id), FIELD, InfoText.write(conversation)));
    // Redis forgets a conversation that never begins.
    entered.add(redis.pexpire(keys.conversation(id), keepMillis));
    entered.add(redis.zadd(keys.directory(), startedAt, id));
    User owner = conversation.owner();
    if (owner != null) {
      entered.add(redis.zadd(keys.directoryOf(owner), startedAt, id));
      entered.add(redis.pexpire(keys.directoryOf(owner), keepMillis));
    }
    return handedOut(
        CompletableFuture.allOf(
            entered.stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new)));
  }

  @Override
  public CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
    return link.handOut(entry(conversationId));
  }

  /** Like {@link #find}, on Redis's own thread: for steps that run no code of users. */
  private CompletionStage<Optional<ConversationInfo>> entry(String conversationId) {
    // First, because Redis may get the entry just after its answer.
    ConversationInfo beginning = unbegun.get(conversationId);
    return orUnavailable(text(conversationId))
        .thenApply(
            text ->
                text.map(found -> InfoText.read(conversationId, found))
                    .orElseGet(
                        () ->
                            written.test(conversationId)
                                ? Optional.ofNullable(beginning)
                                : Optional.empty()));
  }

  /** Returns the entry's text; empty, and therefore broken, if the key holds something else. */
  private CompletionStage<Optional<String>> text(String conversationId) {
    return link.queries()
        .hget(keys.conversation(conversationId), FIELD)
        .handle(
            (text, failure) -> {
              if (failure == null) {
                return Optional.ofNullable(text);
              }
              if (Stored.isWrongType(failure)) {
                return Optional.of("");
              }
              throw new CompletionException(failure);
            });
  }

  @Override
  public CompletionStage<List<ConversationInfo>> newest(
      @Nullable User owner, Predicate<ConversationInfo> which, int most) {
    String set = owner == null ? keys.directory() : keys.directoryOf(owner);
    // The search hands out each of its steps.
    return orUnavailable(new DirectorySearch(link, this::text, set, which, most).run());
  }

  /**
   * Extends the life of the owners' sets and of the requests to that of these conversations, enters
   * those again that Redis did not take, and removes some entries that are no longer kept, because
   * nobody else may read through all of a set.
   */
  void tidy(Collection<String> running) {
    for (String id : running) {
      ConversationInfo notEntered = unbegun.get(id);
      if (notEntered != null) {
        enterAgain(notEntered);
      }
      CompletionStage<Void> unused = entry(id).thenAccept(this::keepLonger);
      keepRequestOf(id);
    }
    CompletionStage<Void> unused =
        link.queries()
            .zrandmember(keys.directory(), LOOKED_AT)
            .thenAccept(ids -> ids.forEach(this::strikeUnlessKept));
  }

  private void keepLonger(Optional<ConversationInfo> conversation) {
    User owner = conversation.map(ConversationInfo::owner).orElse(null);
    if (owner != null) {
      CompletionStage<Boolean> unused = link.queries().pexpire(keys.directoryOf(owner), keepMillis);
    }
  }

  private void keepRequestOf(String id) {
    CompletionStage<Void> unused =
        link.queries().hget(keys.conversation(id), REQUEST).thenAccept(this::keepRequestLonger);
  }

  private void keepRequestLonger(@Nullable String key) {
    if (key != null && keys.isRequest(key)) {
      CompletionStage<Boolean> unused = link.queries().pexpire(key, keepMillis);
    }
  }

  private void strikeUnlessKept(String id) {
    CompletionStage<Void> unused =
        link.queries()
            .exists(keys.conversation(id))
            .thenAccept(
                kept -> {
                  if (kept == 0) {
                    strike(keys.directory(), id);
                  }
                });
  }

  private void strike(String set, String id) {
    CompletionStage<Long> unused = link.queries().zrem(set, id);
  }

  @Override
  public CompletionStage<Optional<String>> startedBy(StartRequest request) {
    return link.handOut(
        orUnavailable(link.queries().get(keys.request(request)))
            .thenCompose(
                id ->
                    id == null
                        ? CompletableFuture.completedStage(Optional.empty())
                        : entry(id)
                            .thenApply(found -> found.map(ConversationInfo::conversationId))));
  }

  @Override
  public CompletionStage<String> started(StartRequest request, String conversationId) {
    return link.handOut(started(request, conversationId, ""));
  }

  private CompletionStage<String> started(StartRequest request, String id, String notKept) {
    String[] key = {keys.request(request)};
    return orUnavailable(
            Script.START.run(link.scripts(), key, id, Long.toString(keepMillis), notKept))
        .thenCompose(
            result -> {
              String first = result.get(0);
              if (first.equals(id)) {
                return startedFirst(key[0], id);
              }
              return entry(first)
                  .thenCompose(
                      found ->
                          found.isPresent()
                              ? CompletableFuture.completedStage(first)
                              : started(request, id, first));
            });
  }

  /** Notes the request with its conversation, so that each owner keeps both for as long. */
  private CompletionStage<String> startedFirst(String requestKey, String id) {
    CompletionStage<Boolean> noted =
        link.queries().hset(keys.conversation(id), REQUEST, requestKey);
    // If Redis has lost the entry meanwhile, this must not stay for ever.
    CompletionStage<Boolean> bounded = link.queries().pexpire(keys.conversation(id), keepMillis);
    return orUnavailable(noted.thenCombine(bounded, (isNew, isThere) -> id));
  }

  @Override
  public CompletionStage<Void> remove(String conversationId) {
    unbegun.remove(conversationId);
    strike(keys.directory(), conversationId);
    return link.handOut(
        entry(conversationId).thenAccept(info -> info.ifPresent(this::strikeOfOwner)));
  }

  private void strikeOfOwner(ConversationInfo info) {
    User owner = info.owner();
    if (owner != null) {
      strike(keys.directoryOf(owner), info.conversationId());
    }
  }

  private <T> CompletionStage<T> handedOut(CompletionStage<T> stage) {
    return link.handOut(orUnavailable(stage));
  }

  private static <T> CompletionStage<T> orUnavailable(CompletionStage<T> stage) {
    return Answers.orUnavailable("Redis does not give the directory", stage);
  }
}
