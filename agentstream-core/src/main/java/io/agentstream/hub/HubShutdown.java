package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.chat.Conversation;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.viewer.internal.Viewers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Ends the conversations and the connections of a hub. */
final class HubShutdown {

  private static final long LONGEST_FLUSH_SECONDS = 5;

  private final HubSettings settings;
  private final LocalConversations conversations;
  private final Viewers viewers;
  private final Backplane backplane;

  HubShutdown(
      HubSettings settings,
      LocalConversations conversations,
      Viewers viewers,
      Backplane backplane) {
    this.settings = settings;
    this.conversations = conversations;
    this.viewers = viewers;
    this.backplane = backplane;
  }

  /**
   * Lets current speakers finish, for up to {@link Timeouts#drain}, and then closes each connection
   * that has received everything.
   */
  CompletionStage<Void> drain() {
    viewers.drain();
    CompletableFuture<Void> finished =
        CompletableFuture.allOf(
            conversations.all().stream()
                .map(Conversation::drain)
                .toArray(CompletableFuture<?>[]::new));
    Alarm alarm =
        settings.clock().schedule(settings.timeouts().drain(), () -> finished.complete(null));
    return finished
        .thenCompose(done -> conversations.allSaved())
        .exceptionally(failure -> null)
        .thenCompose(
            done -> {
              alarm.cancel();
              return viewers.closeOnceSent();
            });
  }

  /**
   * Closes every connection, and stops the conversations or leaves them to other nodes or the next
   * start. Waits until the last turns are written, for a few seconds at the most.
   */
  void close() {
    viewers.close();
    CompletableFuture<Void> left = CompletableFuture.completedFuture(null);
    if (backplane.ownership().leave()) {
      left =
          CompletableFuture.allOf(
              conversations.removeAll().stream()
                  .map(running -> HubNode.leave(running).toCompletableFuture())
                  .toArray(CompletableFuture<?>[]::new));
    } else {
      conversations.all().forEach(Conversation::stop);
    }
    left.completeOnTimeout(null, LONGEST_FLUSH_SECONDS, TimeUnit.SECONDS)
        .thenCompose(done -> backplane.flush())
        .toCompletableFuture()
        .completeOnTimeout(null, LONGEST_FLUSH_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
