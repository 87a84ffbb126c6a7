package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.KeptShares;
import io.agentstream.chat.Agent;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ErrorCode;
import io.agentstream.hub.LocalConversations.Running;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.ConversationCommand.RenameConversation;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.RosterCommand.AddAgent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Changes what is kept of conversations: gives titles, and removes conversations when their time is
 * over or their owner wishes it. Safe from any thread; no method blocks.
 */
final class Records implements LocalConversations.Changes {

  /** How long a deletion waits for the end of a run before it continues without it. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final LocalConversations conversations;
  private final Backplane backplane;
  private final Directory directory;
  private final ChatClock clock;
  private final Catalogue catalogue;

  Records(LocalConversations conversations, Shared shared, ChatClock clock, Catalogue catalogue) {
    this.catalogue = catalogue;
    this.conversations = conversations;
    this.backplane = shared.backplane();
    this.directory = shared.directory();
    this.clock = clock;
  }

  /** Removes a conversation from memory, and from everywhere if only the memory has it. */
  void expire(Running running) {
    // Another node may continue it.
    if (conversations.remove(running)) {
      running.onRemoved().run();
      String id = running.conversation().id();
      CompletionStage<Void> unused = running.scribe().finish().thenRun(() -> rest(id));
    }
  }

  private void rest(String id) {
    // Somebody may have brought it back meanwhile.
    if (!conversations.holds(id) && !backplane.journal().rest(id)) {
      conversations.forgotten(id);
      CompletionStage<Void> unused = remove(id);
    }
  }

  /** Removes all that is kept under this id; the stage is done when it is gone. */
  CompletionStage<Void> remove(String id) {
    backplane.ownership().release(id);
    // Before the journal, with which what the directory knows of it may go.
    CompletionStage<Void> gone = directory.remove(id);
    KeptShares shares = backplane.shares();
    if (shares != null) {
      CompletionStage<Void> unused = shares.remove(id);
    }
    backplane.journal().remove(id);
    return gone;
  }

  /** Ends a conversation, and removes it from everywhere. */
  @Override
  public CompletionStage<SteeringOutcome> delete(Running running) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Alarm alarm = clock.schedule(LONGEST_END, () -> ended.complete(null));
    CompletionStage<?> unused =
        running.conversation().result().whenComplete((result, failure) -> ended.complete(null));
    running.conversation().stop();
    return ended.thenCompose(
        done -> {
          alarm.cancel();
          return removeEnded(running);
        });
  }

  private CompletionStage<SteeringOutcome> removeEnded(Running running) {
    if (!conversations.remove(running)) {
      return CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
    }
    running.scribe().close();
    running.onRemoved().run();
    // A message that came after the end may have begun another run.
    running.conversation().stop();
    String id = running.conversation().id();
    return remove(id)
        .whenComplete((done, failure) -> conversations.forgotten(id))
        .thenApply(done -> SteeringOutcome.ACCEPTED);
  }

  @Override
  public Agent agent(AddAgent command) throws ProtocolException {
    return catalogue.agent(command.agentName(), command.definitions());
  }

  /** Gives a conversation a title. */
  @Override
  public CompletionStage<SteeringOutcome> rename(RenameConversation command) {
    return directory
        .rename(command.conversationId(), command.title())
        .thenApply(renamed -> renamed ? SteeringOutcome.ACCEPTED : SteeringOutcome.NOT_FOUND)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    ConversationList.refused(
                        failure, ErrorCode.UNKNOWN_TYPE, "This server keeps no titles.")));
  }
}
