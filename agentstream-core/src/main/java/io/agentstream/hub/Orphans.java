package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.chat.Conversation;

/** Abandons conversations that nobody views any more, on this or another node. */
record Orphans(Backplane backplane, LocalConversations conversations) {

  /** Abandons a conversation that has no viewer on this node, unless another node has one. */
  void check(String conversationId, Audience audience) {
    backplane
        .isViewed(conversationId)
        .whenComplete(
            (viewed, failure) -> {
              if (failure == null && !viewed && !audience.isViewed(conversationId)) {
                conversations
                    .find(conversationId)
                    .ifPresentOrElse(Conversation::abandon, () -> audience.ended(conversationId));
              } else {
                audience.wantedElsewhere(conversationId);
              }
            });
  }
}
