package io.agentstream.store;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.Handover;
import io.agentstream.backplane.Node;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.agentstream.wire.Snapshot;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands to the node that runs a conversation. If none does, this node brings it back from
 * the store, unless another is faster: the shared ownership decides. Safe from any thread.
 */
final class KeptRouter implements CommandRouter {

  private final Backplane shared;
  private final Directory entries;
  private final StoreService service;
  private final KeptReaders readers;
  private final KeptJournal journal;
  private final Limits limits;
  private final Waking waking = new Waking();
  private volatile @Nullable Node node;
  private volatile boolean stopped;

  KeptRouter(
      Backplane shared,
      Directory entries,
      StoreService service,
      KeptReaders readers,
      KeptJournal journal,
      Limits limits) {
    this.shared = shared;
    this.entries = entries;
    this.service = service;
    this.readers = readers;
    this.journal = journal;
    this.limits = limits;
  }

  void start(Node hub) {
    node = hub;
  }

  /** Brings back what was cut off and no node knows of. */
  void wakeUnfinished() {
    new CutOff(service, this::wakeUnlessKnown).wakeAll();
  }

  void stop() {
    stopped = true;
  }

  private CompletionStage<SteeringOutcome> wakeUnlessKnown(String id) {
    return entries
        .find(id)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(SteeringOutcome.ACCEPTED)
                    : wake(id));
  }

  @Override
  public CompletionStage<SteeringOutcome> route(ConversationCommand command) {
    return route(command, false);
  }

  /**
   * Sends a command to the nodes, and wakes its conversation if they do not know it.
   *
   * @param known true if they knew it before
   */
  private CompletionStage<SteeringOutcome> route(ConversationCommand command, boolean known) {
    return shared
        .router()
        .route(command)
        .thenCompose(
            outcome ->
                outcome == SteeringOutcome.NOT_FOUND
                    ? notFound(command, known)
                    : CompletableFuture.completedStage(outcome));
  }

  /**
   * A conversation that the nodes knew before and after has answered for itself: there is no such
   * question in it. Otherwise another node may have brought it back just after the answer.
   */
  private CompletionStage<SteeringOutcome> notFound(ConversationCommand command, boolean known) {
    return entries
        .find(command.conversationId())
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return afterWaking(command);
              }
              return known
                  ? CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND)
                  : route(command, true);
            });
  }

  private CompletionStage<SteeringOutcome> afterWaking(ConversationCommand command) {
    String id = command.conversationId();
    if (command instanceof DeleteConversation) {
      readers.remove(id);
      return service.writer.submitPatiently(
          () -> service.store.remove(id) ? SteeringOutcome.ACCEPTED : SteeringOutcome.NOT_FOUND);
    }
    return wake(id)
        .thenCompose(
            outcome ->
                outcome == SteeringOutcome.ACCEPTED
                    ? shared.router().route(command)
                    : CompletableFuture.completedStage(outcome));
  }

  /** Returns {@code ACCEPTED} once a node runs it. */
  private CompletionStage<SteeringOutcome> wake(String id) {
    return waking.wake(
        id,
        () ->
            service
                .reads
                .read(() -> service.store.load(id))
                .thenCompose(
                    stored ->
                        stored.isPresent()
                            ? bringBack(stored.get())
                            : CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND)));
  }

  private CompletionStage<SteeringOutcome> bringBack(StoredConversation stored) {
    ConversationInfo info = stored.info();
    String id = info.conversationId();
    Snapshot.Content content = Documents.content(stored);
    if (stopped) {
      return CompletableFuture.completedStage(SteeringOutcome.UNAVAILABLE);
    }
    if (content == null) {
      return CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
    }
    SavedConversation saved = Documents.saved(stored, limits);
    if (saved == null) {
      return CompletableFuture.completedStage(SteeringOutcome.CONFLICT);
    }
    long epoch = stored.epoch() + 1;
    return shared
        .ownership()
        .bringBack(id, epoch)
        .thenCompose(
            ours ->
                ours
                    ? take(info, content, epoch, saved)
                    : CompletableFuture.completedStage(SteeringOutcome.ACCEPTED));
  }

  private CompletionStage<SteeringOutcome> take(
      ConversationInfo info, Snapshot.Content content, long epoch, SavedConversation saved) {
    String id = info.conversationId();
    return service
        .writer
        .submitPatiently(() -> service.store.claim(id, epoch))
        .thenCompose(
            there ->
                there
                    ? entries.add(info).thenApply(done -> true)
                    : CompletableFuture.completedStage(false))
        .thenApply(
            there ->
                there
                    ? run(new Handover(id, epoch, info.owner(), readers.log(id, content), saved))
                    // It was deleted meanwhile.
                    : SteeringOutcome.NOT_FOUND)
        .whenComplete(
            (outcome, failure) -> {
              if (outcome != SteeringOutcome.ACCEPTED) {
                giveBack(id, outcome);
              }
            });
  }

  private SteeringOutcome run(Handover left) {
    Node hub = Objects.requireNonNull(node);
    shared.journal().bringBack(left.conversationId(), left.reader().snapshot().content());
    hub.takeOver(left);
    readers.lookFor(left.conversationId());
    return hub.runs(left.conversationId()) ? SteeringOutcome.ACCEPTED : SteeringOutcome.CONFLICT;
  }

  /** Lets the nodes forget it again, or nobody could ever bring it back. */
  private void giveBack(String id, @Nullable SteeringOutcome outcome) {
    if (outcome == SteeringOutcome.CONFLICT) {
      // It has ended because its agents are not in the catalogue, which is to be written.
      journal.rest(id);
    } else {
      shared.ownership().release(id);
      shared.journal().remove(id);
    }
  }
}
