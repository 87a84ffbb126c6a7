package io.agentstream.hub;

import io.agentstream.backplane.Directory;
import io.agentstream.identity.Access;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.journal.Journal;
import io.agentstream.wire.ControlFrame.Conversations;
import io.agentstream.wire.ControlFrame.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Determines the conversations in a user's list. */
record ConversationList(Directory directory, Journal journal, ConversationAccess access) {

  /** The maximum number of conversations in one reply. */
  static final int MAX_ITEMS = 200;

  /** The longest topic in a reply, in UTF-16 code units. */
  static final int MAX_TOPIC_CHARS = 200;

  CompletionStage<Conversations> of(User user) {
    return directory
        .newest(access.listsOwnOnly() ? user : null, info -> isListed(user, info), MAX_ITEMS)
        .thenCompose(this::describe);
  }

  private boolean isListed(User user, ConversationInfo info) {
    return access.of(user, info).includes(Access.VIEW) && access.isListed(user, info);
  }

  private CompletionStage<Conversations> describe(List<ConversationInfo> listed) {
    return journal
        .states(listed.stream().map(ConversationInfo::conversationId).toList())
        .thenApply(states -> new Conversations(items(listed, states)));
  }

  private static List<Conversations.Item> items(
      List<ConversationInfo> listed, Map<String, Snapshot.State> states) {
    List<Conversations.Item> items = new ArrayList<>();
    for (ConversationInfo info : listed) {
      Snapshot.State state = states.get(info.conversationId());
      if (state != null) {
        items.add(item(info, state));
      }
    }
    return items;
  }

  private static Conversations.Item item(ConversationInfo info, Snapshot.State state) {
    return new Conversations.Item(
        info.conversationId(), shortened(info.topic()), state, info.agents(), info.createdAt());
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
