package io.agentstream.store;

import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Handover;
import io.agentstream.backplane.Node;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.agentstream.wire.Snapshot;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings conversations from the store back to the hub: at the start those that had not ended, and
 * later one that somebody sends a command to. Each continues under the next epoch, which is in the
 * store before anybody sees an event of it. Safe from any thread.
 */
final class Wakeup implements CommandRouter {

  private final CutOff cutOff;
  private final Store store;
  private final LiveConversations live;
  private final StoreWriter writer;
  private final StoreReads reads;
  private final Limits limits;
  private final Waking waking = new Waking();
  private volatile @Nullable Node node;
  private volatile boolean stopped;

  Wakeup(StoreService service, LiveConversations live, Limits limits) {
    this.cutOff = new CutOff(service, id -> wake(id, true));
    this.store = service.store;
    this.writer = service.writer;
    this.reads = service.reads;
    this.live = live;
    this.limits = limits;
  }

  void start(Node hub) {
    node = hub;
    cutOff.wakeAll();
  }

  void stop() {
    stopped = true;
  }

  @Override
  public CompletionStage<SteeringOutcome> route(ConversationCommand command) {
    if (command instanceof DeleteConversation) {
      return delete(command);
    }
    return wake(command.conversationId(), false)
        .thenCompose(
            outcome ->
                outcome == SteeringOutcome.ACCEPTED
                    ? Objects.requireNonNull(node).steer(command)
                    : CompletableFuture.completedStage(outcome));
  }

  /** Deletes a conversation that does not run; nobody can wake it meanwhile. */
  private CompletionStage<SteeringOutcome> delete(ConversationCommand command) {
    String id = command.conversationId();
    CompletableFuture<SteeringOutcome> mine = new CompletableFuture<>();
    CompletableFuture<SteeringOutcome> other = waking.begin(id, mine);
    if (other != null) {
      return other
          .handle((outcome, failure) -> outcome)
          .thenCompose(
              outcome ->
                  outcome == SteeringOutcome.ACCEPTED
                      ? Objects.requireNonNull(node).steer(command)
                      : delete(command));
    }
    Node hub = Objects.requireNonNull(node);
    CompletionStage<SteeringOutcome> outcome =
        hub.runs(id) ? hub.steer(command) : written(id).thenCompose(done -> remove(id));
    return outcome.whenComplete(
        (done, failure) -> {
          waking.end(id, mine);
          mine.complete(SteeringOutcome.NOT_FOUND);
        });
  }

  private CompletionStage<SteeringOutcome> remove(String id) {
    live.remove(id);
    return writer.submitPatiently(
        () -> {
          boolean removed = store.remove(id);
          // A viewer may have read it meanwhile.
          live.remove(id);
          return removed ? SteeringOutcome.ACCEPTED : SteeringOutcome.NOT_FOUND;
        });
  }

  /** Returns {@code ACCEPTED} once the hub runs it. */
  private CompletableFuture<SteeringOutcome> wake(String id, boolean cutOff) {
    return waking.wake(
        id, () -> written(id).thenCompose(done -> reads.read(() -> bringBack(id, cutOff))));
  }

  /** Waits for the last write of a conversation, which may still be queued. */
  private CompletionStage<?> written(String id) {
    LiveConversation known = live.get(id);
    return known != null && known.copy.isQueued()
        ? writer.commit(known.copy)
        : CompletableFuture.completedStage(null);
  }

  private SteeringOutcome bringBack(String id, boolean cutOff) {
    Node hub = Objects.requireNonNull(node);
    if (stopped) {
      return SteeringOutcome.UNAVAILABLE;
    }
    if (hub.runs(id)) {
      return SteeringOutcome.ACCEPTED;
    }
    Optional<StoredConversation> stored = store.load(id);
    if (stored.isEmpty()) {
      return SteeringOutcome.NOT_FOUND;
    }
    Snapshot.Content content = Documents.content(stored.get());
    if (content == null) {
      return neverAccepted(id, cutOff);
    }
    SavedConversation saved = Documents.saved(stored.get(), limits);
    if (saved == null && !cutOff) {
      return SteeringOutcome.CONFLICT;
    }
    var info = stored.get().info();
    LiveConversation conversation = live.read(info, content);
    conversation.describe(info);
    hub.takeOver(new Handover(id, store.claim(id), info.owner(), conversation, saved));
    return hub.runs(id) ? SteeringOutcome.ACCEPTED : SteeringOutcome.CONFLICT;
  }

  /** The process ended before it had answered the start. */
  private SteeringOutcome neverAccepted(String id, boolean cutOff) {
    if (cutOff && live.get(id) == null) {
      store.remove(id);
    }
    return SteeringOutcome.NOT_FOUND;
  }
}
