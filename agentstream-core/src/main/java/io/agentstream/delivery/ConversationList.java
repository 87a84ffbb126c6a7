package io.agentstream.delivery;

import io.agentstream.identity.Access;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.wire.ControlFrame.Conversations;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Which conversations a user is told of. */
record ConversationList(Directory directory, Journal journal, ConversationAccess access) {

  /** The most that one answer holds. */
  static final int MAX_ITEMS = 200;

  /** How much of a topic it holds, in UTF-16 code units. */
  static final int MAX_TOPIC_CHARS = 200;

  CompletionStage<Conversations> of(User user) {
    return directory.all().thenCompose(all -> describe(listed(user, all)));
  }

  private List<ConversationInfo> listed(User user, List<ConversationInfo> all) {
    return all.stream()
        .filter(info -> access.of(user, info).includes(Access.VIEW) && access.isListed(user, info))
        .sorted(Comparator.comparing(ConversationInfo::createdAt).reversed())
        .limit(MAX_ITEMS)
        .toList();
  }

  private CompletionStage<Conversations> describe(List<ConversationInfo> listed) {
    List<CompletableFuture<Optional<JournalReader>>> readers =
        listed.stream()
            .map(info -> journal.read(info.conversationId()).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                new Conversations(
                    IntStream.range(0, listed.size())
                        .mapToObj(i -> readers.get(i).join().map(r -> item(listed.get(i), r)))
                        .flatMap(Optional::stream)
                        .toList()));
  }

  private static Conversations.Item item(ConversationInfo info, JournalReader reader) {
    return new Conversations.Item(
        info.conversationId(),
        shortened(info.topic()),
        reader.snapshot().content().state(),
        info.agents(),
        info.createdAt());
  }

  private static String shortened(String topic) {
    if (topic.length() <= MAX_TOPIC_CHARS) {
      return topic;
    }
    int end =
        Character.isHighSurrogate(topic.charAt(MAX_TOPIC_CHARS - 1))
            ? MAX_TOPIC_CHARS - 1
            : MAX_TOPIC_CHARS;
    return topic.substring(0, end) + "…";
  }
}
