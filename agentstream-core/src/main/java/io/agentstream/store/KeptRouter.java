package io.agentstream.store;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.Handover;
import io.agentstream.backplane.Node;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import io.agentstream.wire.ClientCommand.DeleteConversation;
import io.agentstream.wire.ControlFrame.Snapshot;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to the node that runs a conversation. If none does, this node brings it back from
 * the store, unless another is faster: the shared ownership decides. Safe from any thread.
 */
final class KeptRouter implements CommandRouter {

  private static final Logger log = LoggerFactory.getLogger(KeptRouter.class);

  private final Backplane shared;
  private final Directory entries;
  private final StoreService service;
  private final KeptReaders readers;
  private final Limits limits;
  private final ChatClock clock;
  private final ConcurrentMap<String, CompletableFuture<SteeringOutcome>> waking =
      new ConcurrentHashMap<>();
  private volatile @Nullable Node node;
  private volatile boolean stopped;

  KeptRouter(
      Backplane shared,
      Directory entries,
      StoreService service,
      KeptReaders readers,
      Limits limits,
      ChatClock clock) {
    this.shared = shared;
    this.entries = entries;
    this.service = service;
    this.readers = readers;
    this.limits = limits;
    this.clock = clock;
  }

  void start(Node hub) {
    node = hub;
  }

  /** Brings back what was cut off and no node knows of. */
  void wakeUnfinished() {
    new CutOff(service.store, service.reads, this::wakeUnlessKnown).wakeAll();
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
    return shared
        .router()
        .route(command)
        .thenCompose(
            outcome ->
                outcome == SteeringOutcome.NOT_FOUND
                    ? afterWaking(command)
                    : CompletableFuture.completedStage(outcome));
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
    CompletableFuture<SteeringOutcome> mine = new CompletableFuture<>();
    CompletableFuture<SteeringOutcome> other = waking.putIfAbsent(id, mine);
    if (other != null) {
      return other;
    }
    CompletionStage<SteeringOutcome> unused =
        service
            .reads
            .read(() -> service.store.load(id))
            .thenCompose(
                stored ->
                    stored.isPresent()
                        ? bringBack(stored.get())
                        : CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND))
            .whenComplete(
                (outcome, failure) -> {
                  waking.remove(id, mine);
                  if (failure == null) {
                    mine.complete(outcome);
                  } else {
                    log.atError()
                        .addKeyValue("conversation_id", id)
                        .setCause(failure)
                        .log("Conversation {}: it could not be brought back from the store", id);
                    mine.completeExceptionally(failure);
                  }
                });
    return mine;
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
            there -> {
              if (!there) {
                // It was deleted meanwhile.
                shared.journal().remove(id);
                return SteeringOutcome.NOT_FOUND;
              }
              run(new Handover(id, epoch, info.owner(), reader(id, content), saved), content);
              return SteeringOutcome.ACCEPTED;
            });
  }

  private void run(Handover left, Snapshot.Content content) {
    String id = left.conversationId();
    shared.journal().bringBack(id, content);
    Objects.requireNonNull(node).takeOver(left);
    readers.lookFor(id);
  }

  private ConversationLog reader(String id, Snapshot.Content content) {
    ConversationLog reader = new ConversationLog(id, limits, clock);
    reader.reset(content, List.of());
    return reader;
  }
}
