package io.agentstream.hub;

import io.agentstream.backplane.Directory;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.presence.Attendance;
import io.agentstream.presence.Attendee;
import io.agentstream.viewer.internal.Authors;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets viewers take part in presence, on all nodes that view a conversation.
 *
 * @param attendance null if presence is off
 */
record Attending(@Nullable Attendance attendance, Directory directory, Following following) {

  void attend(String conversationId, Attendee attendee) {
    if (attendance == null) {
      return;
    }
    Attendance here = attendance;
    CompletionStage<Void> followed = following.follow(conversationId);
    // No person may bear the name of an agent.
    CompletionStage<Void> unused =
        directory
            .find(conversationId)
            .thenAccept(
                info -> {
                  List<String> agents = info.map(ConversationInfo::agents).orElse(List.of());
                  here.enter(conversationId, agents, attendee);
                  if (!attendee.isHere()) {
                    here.leave(conversationId, attendee);
                  }
                })
            .thenCompose(entered -> followed)
            .thenRun(() -> here.hello(conversationId));
  }

  void unattend(String conversationId, Attendee attendee) {
    if (attendance != null) {
      attendance.leave(conversationId, attendee);
      following.unfollow(conversationId);
    }
  }

  void renamed(String conversationId) {
    if (attendance != null) {
      attendance.renamed(conversationId);
    }
  }

  void types(String conversationId, User user) {
    if (attendance != null) {
      attendance.types(conversationId, Authors.of(user));
    }
  }

  void sent(String conversationId, User user) {
    if (attendance != null) {
      attendance.sent(conversationId, Authors.of(user));
    }
  }

  void heard(String conversationId, String text) {
    if (attendance != null) {
      attendance.heard(conversationId, text);
    }
  }
}
