package io.agentstream.hub;

import io.agentstream.backplane.CommandRouter;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.Hold;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.RenameConversation;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.RosterCommand.AddAgent;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The conversations of this process; with a single node, all conversations. */
final class LocalConversations implements CommandRouter {

  /**
   * One of them.
   *
   * @param scribe writes its journal
   * @param onRemoved called when it is removed from memory
   */
  record Running(Conversation conversation, Scribe scribe, Runnable onRemoved) {

    Running(Conversation conversation, Scribe scribe) {
      this(conversation, scribe, () -> {});
    }
  }

  /** Carries out the commands that change more than a run. */
  interface Changes {
    CompletionStage<SteeringOutcome> rename(RenameConversation command);

    CompletionStage<SteeringOutcome> delete(Running running);

    /** As {@link Steering.Changes#agent}. */
    Agent agent(AddAgent command) throws ProtocolException;
  }

  private record ChangesOf(Running target, Changes all) implements Steering.Changes {
    @Override
    public CompletionStage<SteeringOutcome> rename(RenameConversation command) {
      return all.rename(command);
    }

    @Override
    public CompletionStage<SteeringOutcome> delete() {
      return all.delete(target);
    }

    @Override
    public Agent agent(AddAgent command) throws ProtocolException {
      return all.agent(command);
    }
  }

  private final ConcurrentHashMap<String, Running> running = new ConcurrentHashMap<>();
  private final Hold hold = new Hold();

  private volatile Consumer<String> onForgotten = id -> {};
  private volatile @Nullable Changes changes;

  /** Returns what pauses all conversations of this process. */
  Hold hold() {
    return hold;
  }

  /** Sets what carries out the commands that change more than a run. */
  void changes(Changes carriedOutBy) {
    changes = carriedOutBy;
  }

  /** Sets the action for the id of each conversation that is no longer kept. */
  void onForgotten(Consumer<String> listener) {
    onForgotten = listener;
  }

  void add(Running started) {
    running.put(started.conversation().id(), started);
  }

  /** Removes a conversation; returns empty if it was not there. */
  Optional<Running> remove(String conversationId) {
    return Optional.ofNullable(running.remove(conversationId));
  }

  /** Removes this conversation, and no later one of the same id; returns whether it was there. */
  boolean remove(Running started) {
    return running.remove(started.conversation().id(), started);
  }

  /** Notifies those that view a conversation that it is kept no longer. */
  void forgotten(String conversationId) {
    onForgotten.accept(conversationId);
  }

  /** Removes all of them. */
  Collection<Running> removeAll() {
    Collection<Running> all = List.copyOf(running.values());
    all.forEach(one -> running.remove(one.conversation().id(), one));
    return all;
  }

  Optional<Conversation> find(String conversationId) {
    return Optional.ofNullable(running.get(conversationId)).map(Running::conversation);
  }

  /** Returns what a conversation is made of; empty if it is not here, or not from the catalogue. */
  Optional<StartConversation> definition(String conversationId) {
    return Optional.ofNullable(running.get(conversationId))
        .map(found -> found.scribe().definition());
  }

  boolean holds(String conversationId) {
    return running.containsKey(conversationId);
  }

  Collection<Conversation> all() {
    return running.values().stream().map(Running::conversation).toList();
  }

  int countRunning() {
    return (int) all().stream().filter(conversation -> !conversation.result().isDone()).count();
  }

  @Override
  public CompletionStage<SteeringOutcome> route(ConversationCommand command) {
    return routeHere(command)
        .orElseGet(() -> CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND));
  }

  /** Carries out a command; empty if its conversation is not here. */
  Optional<CompletionStage<SteeringOutcome>> routeHere(ConversationCommand command) {
    return Optional.ofNullable(running.get(command.conversationId()))
        .map(target -> carryOut(command, target));
  }

  private CompletionStage<SteeringOutcome> carryOut(ConversationCommand command, Running target) {
    Changes change = Objects.requireNonNull(changes);
    CompletionStage<SteeringOutcome> outcome =
        command.deliverTo(new Steering(target.conversation(), new ChangesOf(target, change)));
    // An accepted command may not be visible in an event yet, and must not be lost with this node.
    CompletionStage<Void> saved = target.scribe().saved();
    return outcome.thenCompose(
        result ->
            result == SteeringOutcome.ACCEPTED
                ? saved.thenApply(done -> result)
                : CompletableFuture.completedStage(result));
  }

  /** Returns a stage that is done when no conversation would lose anything with the process. */
  CompletionStage<Void> allSaved() {
    return CompletableFuture.allOf(
        running.values().stream()
            .map(one -> one.scribe().saved().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Returns a stage that is done when this conversation would lose nothing with the process. */
  CompletionStage<Void> saved(String conversationId) {
    Running target = running.get(conversationId);
    return target == null ? CompletableFuture.completedStage(null) : target.scribe().saved();
  }
}
