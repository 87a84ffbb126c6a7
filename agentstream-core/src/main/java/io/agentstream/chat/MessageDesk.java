package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.MessageEdited;
import io.agentstream.event.TurnFinishReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Accepts people's messages and answers: delivers them, begins runs with them or lets them wait.
 * Used in the conversation's serial order only.
 */
final class MessageDesk {

  /** The conversation, as far as a message depends on it. */
  interface Owner extends QueueChanges.Running {
    /** Returns true if a pause has taken effect. */
    boolean isPaused();

    /** Returns true if nobody may speak until the roster changes. */
    boolean waitsForSpeakers();

    /** Begins a run with a message, because there is none. */
    SteeringOutcome beginRun(PersonMessage message);

    /** Delivers all messages that wait. */
    void flushMessages();

    /** Has the next speaker chosen anew, because there is news. */
    void reconsider();
  }

  private final ConversationScope scope;
  private final Inbox inbox;
  private final QueueChanges queue;
  private final Owner owner;

  MessageDesk(ConversationScope scope, Inbox inbox, Owner owner) {
    this.scope = scope;
    this.inbox = inbox;
    this.queue = new QueueChanges(scope, inbox);
    this.owner = owner;
  }

  SteeringOutcome say(PersonMessage message) {
    return switch (inbox.seen().find(message)) {
      case NEW -> sayOnce(message);
      case REPEATED -> SteeringOutcome.ACCEPTED;
      case OTHER -> SteeringOutcome.INVALID;
    };
  }

  private SteeringOutcome sayOnce(PersonMessage message) {
    SteeringOutcome outcome = take(message.by(scope.people.known(message.author())));
    if (outcome == SteeringOutcome.ACCEPTED) {
      inbox.seen().add(message);
    }
    return outcome;
  }

  private SteeringOutcome take(PersonMessage message) {
    if (!scope.bounds.takes(message.text(), inbox.texts())) {
      return SteeringOutcome.LIMIT_EXCEEDED;
    }
    if (!owner.isRunning()) {
      return owner.beginRun(message);
    }
    InputRequested pending = scope.inputs.pending(InputKind.TEXT);
    if (pending != null) {
      return scope.inputs.answer(
          pending.requestId(), new InputDesk.Answer(message.text(), message.author()));
    }
    enqueue(message);
    return SteeringOutcome.ACCEPTED;
  }

  private void enqueue(PersonMessage message) {
    QueuedMessage queued =
        new QueuedMessage(inbox.nextId(), message.author(), message.text(), message.when());
    inbox.add(queued);
    if (owner.isPaused()) {
      owner.flushMessages();
    } else if (owner.waitsForSpeakers()) {
      owner.reconsider();
    } else if (message.when() == Delivery.NOW) {
      interrupt(message.author());
    }
    if (inbox.find(queued.queueId()) != null) {
      scope.events.publish(queued.event());
    }
  }

  private void interrupt(@Nullable Author by) {
    if (scope.isSpeaking()) {
      scope.speaking().forEach(speaker -> speaker.stop(TurnFinishReason.INTERRUPTED, by));
    } else {
      owner.reconsider();
    }
  }

  /** Changes the text of a message that waits. */
  CompletionStage<SteeringOutcome> edit(String queueId, String text, @Nullable Author author) {
    if (!scope.bounds.takes(text, List.of())) {
      return CompletableFuture.completedStage(SteeringOutcome.LIMIT_EXCEEDED);
    }
    return queue.edit(new MessageEdited(queueId, text, scope.people.known(author)), owner);
  }

  /** Withdraws a message that waits. */
  CompletionStage<SteeringOutcome> withdraw(String queueId, @Nullable Author author) {
    return queue.withdraw(queueId, scope.people.known(author), owner);
  }

  /** Answers a question. */
  SteeringOutcome answer(String requestId, String content, @Nullable Author author) {
    return scope.bounds.takes(content, inbox.texts())
        ? scope.inputs.answer(requestId, new InputDesk.Answer(content, scope.people.known(author)))
        : SteeringOutcome.LIMIT_EXCEEDED;
  }

  /** Gives up the open questions about interrupted tool calls. */
  void giveUpInterruptedCalls() {
    scope.inputs.giveUp(InputKind.INTERRUPTED_CALL);
  }
}
