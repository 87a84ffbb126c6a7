package io.agentstream.chat;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The handle on a conversation. Safe from any thread; no method blocks.
 *
 * <p>What is asked of it takes effect in the order in which it was asked, between two events, and
 * shows in the events. The futures tell whether the state allowed it; they are completed in the
 * conversation's serial order, so what is chained to them must not block.
 *
 * <p>A conversation that has ended, however it did, can go on: {@link #say} begins its next run.
 */
public final class Conversation {

  private final GroupChat chat;
  private final String id;
  private final long epoch;
  private final String topic;
  private final SerialExecutor serial;
  private final ConversationEngine engine;

  Conversation(
      GroupChat chat,
      String id,
      long epoch,
      String topic,
      SerialExecutor serial,
      ConversationEngine engine) {
    this.chat = chat;
    this.id = id;
    this.epoch = epoch;
    this.topic = topic;
    this.serial = serial;
    this.engine = engine;
  }

  /** Names the conversation; random and hard to guess unless it was given. */
  public String id() {
    return id;
  }

  /** The incarnation of its journal, from 1. */
  public long epoch() {
    return epoch;
  }

  /** What the agents were asked to talk about. */
  public String topic() {
    return topic;
  }

  /** The chat that it is a conversation of. */
  public GroupChat chat() {
    return chat;
  }

  /**
   * Ends the run with {@code stopped}. Whoever speaks is cut short, its text so far is kept and its
   * call to the model server hung up. Does nothing after the end.
   */
  public void stop() {
    serial.execute(engine::stop);
  }

  /**
   * Ends the run with {@code abandoned}, as {@link #stop} does with {@code stopped}: nobody is
   * there to see it.
   */
  public void abandon() {
    serial.execute(engine::abandon);
  }

  /**
   * Ends the run with {@code budget}, as {@link #stop} does with {@code stopped}: it has used as
   * much as it may.
   *
   * @param detail what was used up, in one sentence for people
   */
  public void exceed(String detail) {
    Objects.requireNonNull(detail, "detail");
    serial.execute(() -> engine.exceed(detail));
  }

  /**
   * Lets whoever speaks finish and begins no further turn, for good: this process is about to end.
   * What comes next is for whoever restores the conversation from its {@link #snapshot}; no event
   * tells of it. Say nothing more to a conversation that has ended, which is a {@code CONFLICT}.
   *
   * @return done when nobody speaks any more
   */
  public CompletableFuture<Void> drain() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    serial.execute(() -> engine.drain(done));
    return done;
  }

  /**
   * Cuts short whoever speaks; the text so far is kept, and the conversation goes on. {@code
   * CONFLICT} if nobody speaks.
   */
  public CompletableFuture<SteeringOutcome> stopSpeaker() {
    return ask(() -> engine.stopSpeaker(null));
  }

  /**
   * Cuts short the one answer of this message id. {@code CONFLICT} if it is over already.
   *
   * @param messageId as in {@code speaker_change}
   */
  public CompletableFuture<SteeringOutcome> stopSpeaker(String messageId) {
    Objects.requireNonNull(messageId, "messageId");
    return ask(() -> engine.stopSpeaker(messageId));
  }

  /**
   * Says something as the user, once whoever speaks has finished; after the end it begins the next
   * run.
   *
   * @param text not blank
   */
  public CompletableFuture<SteeringOutcome> say(String text) {
    return say(text, false, null);
  }

  /**
   * Says something as the user at once: whoever speaks is interrupted, the text so far is kept.
   *
   * @param text not blank
   */
  public CompletableFuture<SteeringOutcome> interrupt(String text) {
    return say(text, true, null);
  }

  /**
   * Says something as the user. {@code LIMIT_EXCEEDED} if the conversation is as long as it may be,
   * or too many messages wait to be shown; after the end also whatever {@link Allowance#beginRun}
   * says.
   *
   * @param text not blank
   * @param interrupt whether to interrupt whoever speaks
   * @param dedupeId names the message: the same one again is accepted and not said twice; null for
   *     no name
   */
  public CompletableFuture<SteeringOutcome> say(
      String text, boolean interrupt, @Nullable String dedupeId) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The text must not be blank");
    }
    return ask(() -> engine.say(text, interrupt, dedupeId));
  }

  /** Lets nobody take the floor after whoever speaks now. {@code CONFLICT} if paused, or ended. */
  public CompletableFuture<SteeringOutcome> pause() {
    return ask(engine::pause);
  }

  /** Ends a pause. {@code CONFLICT} if there is none. */
  public CompletableFuture<SteeringOutcome> unpause() {
    return ask(engine::unpause);
  }

  /**
   * Answers what the conversation waits for. {@code NOT_FOUND} if it does not wait for this, {@code
   * INVALID} if the answer is none of the choices.
   *
   * @param requestId as in {@code input_requested}
   */
  public CompletableFuture<SteeringOutcome> input(String requestId, String content) {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(content, "content");
    return ask(() -> engine.input(requestId, content));
  }

  /** The conversation as it stands, without the turn under way: see {@link ConversationState}. */
  public CompletableFuture<ConversationState> snapshot() {
    return ask(engine::state);
  }

  /**
   * Returns how the run under way ends, however it does; the future never fails. It is done once
   * every listener has been served the run's last event, {@code conversation_ended}, so a program
   * that waits for it loses no word; a listener that waits for it itself waits for ever. After a
   * continuation this returns the next run's. The future is completed on the chat's executor, so
   * what you chain to it may block. Cancelling it does not stop the conversation.
   */
  public CompletableFuture<ChatResult> result() {
    return engine.result();
  }

  private <T> CompletableFuture<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    serial.execute(
        () -> {
          try {
            engine.complete(answer, question.get());
          } catch (Throwable e) {
            answer.completeExceptionally(e);
            throw e;
          }
        });
    return answer;
  }
}
