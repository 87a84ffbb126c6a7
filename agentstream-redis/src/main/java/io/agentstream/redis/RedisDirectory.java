package io.agentstream.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.delivery.Directory;
import io.agentstream.delivery.StartRequest;
import io.agentstream.delivery.UnavailableException;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a conversation stands in its hash, and so is gone when that is; a sorted set
 * names all of them by the time of their start.
 */
final class RedisDirectory implements Directory {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String FIELD = "info";

  /** No more are looked through, the newest first. */
  private static final int MOST = 10_000;

  private final RedisLink link;
  private final Keys keys;
  private final String keepMillis;

  /**
   * @param keep how long a request is remembered
   */
  RedisDirectory(RedisLink link, Keys keys, Duration keep) {
    this.link = link;
    this.keys = keys;
    this.keepMillis = Long.toString(keep.toMillis());
  }

  @Override
  public CompletionStage<Void> add(ConversationInfo conversation) {
    String id = conversation.conversationId();
    double startedAt = conversation.createdAt().toEpochMilli();
    return or(
        link.queries()
            .hset(keys.conversation(id), FIELD, write(conversation))
            .thenCompose(done -> link.queries().zadd(keys.directory(), startedAt, id))
            .thenApply(done -> null));
  }

  @Override
  public CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
    return or(
        link.queries()
            .hget(keys.conversation(conversationId), FIELD)
            .thenApply(text -> read(conversationId, text)));
  }

  @Override
  public CompletionStage<List<ConversationInfo>> all() {
    return or(link.queries().zrevrange(keys.directory(), 0, MOST - 1L).thenCompose(this::findAll));
  }

  private CompletionStage<List<ConversationInfo>> findAll(List<String> ids) {
    List<CompletableFuture<Optional<ConversationInfo>>> found = new ArrayList<>();
    for (String id : ids) {
      found.add(find(id).toCompletableFuture());
    }
    return CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              List<ConversationInfo> all = new ArrayList<>();
              for (int i = 0; i < ids.size(); i++) {
                Optional<ConversationInfo> info = found.get(i).join();
                info.ifPresentOrElse(all::add, strike(ids.get(i)));
              }
              return all;
            });
  }

  /** Takes out what is kept no more. */
  private Runnable strike(String id) {
    return () -> {
      CompletionStage<Long> unused = link.queries().zrem(keys.directory(), id);
    };
  }

  @Override
  public CompletionStage<Optional<String>> startedBy(StartRequest request) {
    return or(link.queries().get(keys.request(request)))
        .thenCompose(
            id ->
                id == null
                    ? CompletableFuture.completedStage(Optional.empty())
                    : find(id).thenApply(found -> found.map(ConversationInfo::conversationId)));
  }

  @Override
  public CompletionStage<String> started(StartRequest request, String conversationId) {
    return started(request, conversationId, "");
  }

  private CompletionStage<String> started(StartRequest request, String id, String notKept) {
    String[] key = {keys.request(request)};
    return or(Script.START.run(link.scripts(), key, id, keepMillis, notKept))
        .thenCompose(
            result -> {
              String first = result.get(0);
              if (first.equals(id)) {
                return CompletableFuture.completedStage(id);
              }
              return find(first)
                  .thenCompose(
                      found ->
                          found.isPresent()
                              ? CompletableFuture.completedStage(first)
                              : started(request, id, first));
            });
  }

  @Override
  public void remove(String conversationId) {
    strike(conversationId).run();
  }

  private static <T> CompletionStage<T> or(CompletionStage<T> stage) {
    return stage.exceptionally(
        failure -> {
          throw new CompletionException(
              new UnavailableException("Redis does not give the directory: " + failure));
        });
  }

  private static String write(ConversationInfo info) {
    ObjectNode json = JSON.createObjectNode();
    User owner = info.owner();
    if (owner != null) {
      json.put("owner", owner.id()).put("anonymous", owner.anonymous());
    }
    json.put("topic", info.topic()).put("created_at", info.createdAt().toEpochMilli());
    info.agents().forEach(json.putArray("agents")::add);
    return json.toString();
  }

  private static Optional<ConversationInfo> read(String id, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      List<String> agents = new ArrayList<>();
      json.path("agents").forEach(agent -> agents.add(agent.asText()));
      User owner =
          json.has("owner")
              ? new User(json.path("owner").asText(), json.path("anonymous").asBoolean())
              : null;
      return Optional.of(
          new ConversationInfo(
              id,
              owner,
              json.path("topic").asText(),
              agents,
              Instant.ofEpochMilli(json.path("created_at").asLong())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Conversation " + id + ": its entry is broken");
    }
  }
}
