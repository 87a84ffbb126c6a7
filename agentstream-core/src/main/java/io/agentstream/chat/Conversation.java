package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Steers a conversation. Thread-safe; no method blocks.
 *
 * <p>Commands take effect in the order of the calls, between two events, and their effects are
 * visible in the events. The futures say whether the conversation's state allowed the command. They
 * complete in the conversation's serial order, so code chained to them must not block.
 *
 * <p>A conversation that has ended, for any reason, can continue: {@link #say} begins its next run.
 */
public final class Conversation {

  private final GroupChat chat;
  private final String id;
  private final long epoch;
  private final String topic;
  private final SerialExecutor serial;
  private final ConversationEngine engine;
  private final @Nullable Author author;

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
    this.author = null;
  }

  private Conversation(Conversation other, @Nullable Author author) {
    this.chat = other.chat;
    this.id = other.id;
    this.epoch = other.epoch;
    this.topic = other.topic;
    this.serial = other.serial;
    this.engine = other.engine;
    this.author = author;
  }

  /**
   * Returns a handle that steers this conversation for a person, who becomes the author of the
   * events it causes. Agents know the person by name; a name like another participant's is changed.
   */
  public Conversation by(Author person) {
    return new Conversation(this, Objects.requireNonNull(person, "person"));
  }

  /** Returns the conversation's id; random and hard to guess unless it was set. */
  public String id() {
    return id;
  }

  /** Returns the epoch of its journal, from 1. */
  public long epoch() {
    return epoch;
  }

  /** Returns the topic. */
  public String topic() {
    return topic;
  }

  /** Returns its chat. */
  public GroupChat chat() {
    return chat;
  }

  /**
   * Ends the run with {@code stopped}. Current speakers are cut short, their text so far is kept
   * and their calls to models are cancelled. Does nothing after the end.
   */
  public void stop() {
    serial.execute(() -> engine.stop(author));
  }

  /** Ends the run with {@code abandoned}, because nobody views it; otherwise like {@link #stop}. */
  public void abandon() {
    serial.execute(engine::abandon);
  }

  /** Gives up the open questions about interrupted tool calls: each of these calls fails. */
  public void giveUpInterruptedCalls() {
    serial.execute(() -> engine.messages().giveUpInterruptedCalls());
  }

  /**
   * Ends the run with {@code budget}; otherwise like {@link #stop}.
   *
   * @param detail the budget that is used up, in one sentence for people
   */
  public void exceed(String detail) {
    Objects.requireNonNull(detail, "detail");
    serial.execute(() -> engine.exceed(detail));
  }

  /**
   * Lets current speakers finish and begins no further turn, because this process is about to end.
   * The conversation can continue elsewhere from its {@link #snapshot}; no event reports this call.
   * After it, a message to a conversation that has ended is a {@code CONFLICT}.
   *
   * @return completes when nobody speaks any longer
   */
  public CompletableFuture<Void> drain() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    serial.execute(() -> engine.drain(done));
    return done;
  }

  /**
   * Cuts current speakers short, keeping their text so far, and skips the turn of a {@link Person}
   * who is asked; the conversation continues. {@code CONFLICT} if nobody speaks or is asked.
   */
  public CompletableFuture<SteeringOutcome> stopSpeaker() {
    return ask(() -> engine.stopSpeaker(null, author));
  }

  /**
   * Cuts short the message with this id, or skips the turn of the {@link Person} whom the question
   * with this id asks. {@code CONFLICT} if it is already complete or answered.
   *
   * @param id as in {@code speaker_change} or in {@code input_requested}
   */
  public CompletableFuture<SteeringOutcome> stopSpeaker(String id) {
    Objects.requireNonNull(id, "id");
    return ask(() -> engine.stopSpeaker(id, author));
  }

  /**
   * Sends a message as the user, after the current turn; after the end it begins the next run.
   *
   * @param text not blank
   */
  public CompletableFuture<SteeringOutcome> say(String text) {
    return say(PersonMessage.of(text));
  }

  /** Sends a message as {@code person}; otherwise like {@link #say(String)}. See {@link #by}. */
  public CompletableFuture<SteeringOutcome> say(String text, Author person) {
    return by(person).say(text);
  }

  /**
   * Sends a message as the user at once: current speakers are interrupted, and their text so far is
   * kept.
   *
   * @param text not blank
   */
  public CompletableFuture<SteeringOutcome> interrupt(String text) {
    return say(PersonMessage.of(text).at(Delivery.NOW));
  }

  /**
   * Sends a message as the user: {@link #say(PersonMessage)}.
   *
   * @param text not blank
   * @param interrupt true to interrupt current speakers
   * @param dedupeId see {@link PersonMessage}; may be null
   */
  public CompletableFuture<SteeringOutcome> say(
      String text, boolean interrupt, @Nullable String dedupeId) {
    Delivery when = interrupt ? Delivery.NOW : Delivery.TURN;
    return say(PersonMessage.of(text).at(when).withId(dedupeId));
  }

  /**
   * Sends a person's message. If it has no author, it gets the one of {@link #by}. {@code
   * LIMIT_EXCEEDED} if the conversation is too long or too many messages wait, {@code INVALID} if
   * another message has its id; after the end also the result of {@link Allowance#beginRun}.
   *
   * <p>If the message has to wait, an event {@code message_queued} has its queue id.
   */
  public CompletableFuture<SteeringOutcome> say(PersonMessage message) {
    PersonMessage said = message.author() == null ? message.by(author) : message;
    return ask(() -> engine.messages().say(said));
  }

  /**
   * Replaces the text of a message that waits. {@code NOT_FOUND} if it does not wait, or no longer;
   * {@code LIMIT_EXCEEDED} if the conversation has no room for the text; {@code UNAVAILABLE} if the
   * change could not be recorded, and then nobody knows which text will be delivered.
   *
   * @param queueId as in {@code message_queued}
   * @param text not blank
   */
  public CompletableFuture<SteeringOutcome> edit(String queueId, String text) {
    Objects.requireNonNull(queueId, "queueId");
    if (text.isBlank()) {
      throw new IllegalArgumentException("The text must not be blank");
    }
    return ask(() -> engine.messages().edit(queueId, text, author)).thenCompose(outcome -> outcome);
  }

  /**
   * Withdraws a message that waits: it is never delivered. {@code NOT_FOUND} if it does not wait,
   * or no longer; {@code UNAVAILABLE} if the withdrawal could not be recorded, and then the message
   * may still be delivered.
   *
   * @param queueId as in {@code message_queued}
   */
  public CompletableFuture<SteeringOutcome> withdraw(String queueId) {
    Objects.requireNonNull(queueId, "queueId");
    return ask(() -> engine.messages().withdraw(queueId, author)).thenCompose(outcome -> outcome);
  }

  /**
   * Lets a participant speak next: after the current turn, and after those who were called on
   * before. Then the selection continues as if nobody had been called on. A message that names
   * participants after an {@code @} does the same for each of them, in order.
   *
   * <p>{@code NOT_FOUND} if this team has no such participant; those of nested teams do not count.
   * {@code CONFLICT} after the end or if it is muted, {@code LIMIT_EXCEEDED} if too many calls
   * wait.
   */
  public CompletableFuture<SteeringOutcome> callOn(String agentName) {
    Objects.requireNonNull(agentName, "agentName");
    return ask(() -> engine.callOn(agentName, author));
  }

  /**
   * Keeps a participant silent from the next turn on, until {@link #unmute}: no selector picks it,
   * and nobody can call on it. If all participants are muted or have left, the run waits: people
   * may speak, and agents answer as soon as one may speak.
   *
   * <p>{@code NOT_FOUND} if there is no such participant; those of nested teams do not count.
   * {@code CONFLICT} if it is muted.
   */
  public CompletableFuture<SteeringOutcome> mute(String agentName) {
    Objects.requireNonNull(agentName, "agentName");
    return ask(() -> engine.roster().mute(agentName, author));
  }

  /**
   * Lets a participant speak again. {@code NOT_FOUND} if there is no such participant, {@code
   * CONFLICT} if it is not muted.
   */
  public CompletableFuture<SteeringOutcome> unmute(String agentName) {
    Objects.requireNonNull(agentName, "agentName");
    return ask(() -> engine.roster().unmute(agentName, author));
  }

  /**
   * Removes a participant, muted or not, from the next turn on; a turn in progress ends as usual.
   * Its messages remain. {@code NOT_FOUND} if there is no such participant; those of nested teams
   * do not count.
   */
  public CompletableFuture<SteeringOutcome> remove(String agentName) {
    Objects.requireNonNull(agentName, "agentName");
    return ask(() -> engine.roster().remove(agentName, author));
  }

  /**
   * Gives a participant of the chat that was removed its seat back. {@code NOT_FOUND} if the chat
   * has no such participant, {@code CONFLICT} if it is there, {@code LIMIT_EXCEEDED} if there are
   * too many participants.
   */
  public CompletableFuture<SteeringOutcome> bringBack(String agentName) {
    Objects.requireNonNull(agentName, "agentName");
    return ask(() -> engine.roster().bringBack(agentName, author));
  }

  /** Adds an agent without an origin; otherwise like {@link #add(Agent, String)}. */
  public CompletableFuture<SteeringOutcome> add(Agent agent) {
    return add(agent, null);
  }

  /**
   * Adds an agent, which takes part from the next turn on. It gets the last seat, or, if one of its
   * name was added and removed before, that seat.
   *
   * <p>{@code CONFLICT} if somebody has its name or a name like it, if the chat has a participant
   * of that name ({@link #bringBack}), or if a tool of an agent has the name of one that the
   * selector gives to agents; {@code LIMIT_EXCEEDED} if there are too many participants ({@link
   * io.agentstream.settings.Limits#maxAgents}).
   *
   * @param origin a text that the state keeps, from which the application can build the agent for
   *     {@link ConversationBuilder#added} when it restores the conversation; null for none
   */
  public CompletableFuture<SteeringOutcome> add(Agent agent, @Nullable String origin) {
    Objects.requireNonNull(agent, "agent");
    return ask(() -> engine.roster().add(agent, origin, author));
  }

  /** Pauses after the current turn. {@code CONFLICT} if paused or ended. */
  public CompletableFuture<SteeringOutcome> pause() {
    return ask(() -> engine.pause(author));
  }

  /** Ends a pause. {@code CONFLICT} without a pause, {@code UNAVAILABLE} during a {@link Hold}. */
  public CompletableFuture<SteeringOutcome> unpause() {
    return ask(() -> engine.unpause(author));
  }

  /**
   * Answers a question. {@code NOT_FOUND} if the question is not open, {@code INVALID} if the
   * answer is not one of the choices, {@code LIMIT_EXCEEDED} if there is no room for it.
   *
   * @param requestId as in {@code input_requested}
   */
  public CompletableFuture<SteeringOutcome> input(String requestId, String content) {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(content, "content");
    return ask(() -> engine.messages().answer(requestId, content, author));
  }

  /** Returns the conversation's state, without the current turn: see {@link ConversationState}. */
  public CompletableFuture<ConversationState> snapshot() {
    return ask(engine::state);
  }

  /**
   * Returns the result of the current run; the future never fails. It completes once every listener
   * has received the run's last event, {@code conversation_ended}, so a program that waits for it
   * misses no event. A listener that waits for it would wait for ever. After a continuation this
   * returns the next run's result. The future completes on the chat's executor, so code chained to
   * it may block. Cancelling it does not stop the conversation.
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
