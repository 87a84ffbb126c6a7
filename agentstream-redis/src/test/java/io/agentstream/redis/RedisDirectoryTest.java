package io.agentstream.redis;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.test.DirectoryContract;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The directory in Redis, whose entries go with what the journal has of their conversations. */
class RedisDirectoryTest extends DirectoryContract {

  private RedisProcess redis;
  private RedisBackplane node;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    node = RedisBackplane.connect(TestNode.settings(redis.url()).build());
  }

  @AfterEach
  void stop() {
    node.close();
    redis.close();
  }

  @Override
  protected Directory directory() {
    return new AsTheHubUsesIt(node);
  }

  /** Removes a conversation from the journal too. */
  private record AsTheHubUsesIt(RedisBackplane node) implements Directory {
    @Override
    public CompletionStage<Void> remove(String conversationId) {
      node.journal().remove(conversationId);
      return node.directory().remove(conversationId);
    }

    @Override
    public CompletionStage<Void> add(ConversationInfo conversation) {
      return node.directory().add(conversation);
    }

    @Override
    public CompletionStage<Optional<ConversationInfo>> find(String conversationId) {
      return node.directory().find(conversationId);
    }

    @Override
    public CompletionStage<List<ConversationInfo>> newest(
        @Nullable User owner, Predicate<ConversationInfo> which, int most) {
      return node.directory().newest(owner, which, most);
    }

    @Override
    public CompletionStage<Optional<String>> startedBy(StartRequest request) {
      return node.directory().startedBy(request);
    }

    @Override
    public CompletionStage<String> started(StartRequest request, String conversationId) {
      return node.directory().started(request, conversationId);
    }
  }
}
