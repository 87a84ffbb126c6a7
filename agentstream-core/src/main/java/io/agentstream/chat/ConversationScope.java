package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.Author;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.Delivery;
import io.agentstream.event.NewMessage;
import io.agentstream.event.PastMessage;
import io.agentstream.event.StreamListener;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.internal.UserCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state that the parts of one conversation share. Everything except the construction of the
 * final fields happens in the conversation's serial order.
 */
final class ConversationScope {

  final String id;
  final @Nullable String ownerId;
  final TeamRules rules;
  final SerialExecutor serial;
  final SerialClock clock;
  final PatientExecutor executor;
  final UserCode userCode;
  final EventFanout events;
  final InputDesk inputs;
  final ModelCallObserver modelCalls;
  final OverheadCalls overhead;
  final Bounds bounds;
  final Hold hold;
  final History history = new History();
  final UsageLedger usage = new UsageLedger();
  final People people;

  /** The participants of the outermost team. */
  final Roster roster;

  /** The participants that somebody called on. */
  final Calls calls;

  /** The memory of each team's selector, and the last speaker, by the team's path. */
  final Map<List<String>, TeamMemory> memories = new LinkedHashMap<>();

  /** The runs of nested teams that another process left unfinished, by the team's path. */
  final Map<List<String>, ConversationState.Run> unfinished = new HashMap<>();

  /** The number of messages from another process. */
  int restoredMessages;

  private final Map<String, Speaker> speaking = new LinkedHashMap<>();
  private final Supplier<? extends CompletionStage<Void>> record;
  private Runnable atToolBoundary = () -> {};
  private int messages;

  ConversationScope(
      String id,
      @Nullable String ownerId,
      TeamRules rules,
      SerialExecutor serial,
      Attached attached) {
    this.id = id;
    this.ownerId = ownerId;
    this.rules = rules;
    this.serial = serial;
    this.clock = new SerialClock(rules.clock(), serial);
    this.executor = new PatientExecutor(rules.executor(), rules.clock());
    this.userCode = new UserCode(rules.clock()::nanoTime);
    this.bounds = new Bounds(id, rules.limits(), attached.allowance, userCode);
    List<StreamListener> inline = new ArrayList<>(List.of(bounds));
    inline.addAll(attached.inline);
    this.events = new EventFanout(id, inline, attached.queued, executor, userCode);
    this.inputs = new InputDesk(rules.clock(), clock, rules.timeouts().input(), events, ownerId);
    this.modelCalls = new ModelCallObserver(id, attached.modelCalls, userCode);
    this.overhead = new OverheadCalls(this);
    this.record = attached.record;
    this.hold = attached.hold;
    this.roster = new Roster(rules.participants());
    this.people = new People(roster);
    this.calls = new Calls(roster, rules.callDepth());
  }

  /**
   * The user's code that is attached to one conversation.
   *
   * @param inline listeners on the streaming thread
   * @param queued listeners on the chat's executor
   * @param modelCalls listeners to model calls, on the streaming thread
   * @param allowance limits its use of shared resources
   * @param record records it before a tool is called
   * @param hold can pause it
   */
  record Attached(
      List<StreamListener> inline,
      List<StreamListener> queued,
      List<ModelCallListener> modelCalls,
      Allowance allowance,
      Supplier<? extends CompletionStage<Void>> record,
      Hold hold) {}

  /**
   * The memory of a team's selector between steps, the outcome of its last step, and, until it has
   * decided, a person's answer.
   */
  record TeamMemory(
      String state,
      @Nullable String lastSpeaker,
      List<TurnOutcome> lastStep,
      ConversationState.@Nullable Answered answered) {
    static final TeamMemory NONE = new TeamMemory("", null, List.of(), null);

    TeamMemory with(ConversationState.@Nullable Answered answered) {
      return new TeamMemory(state, lastSpeaker, lastStep, answered);
    }

    /** Returns what is known after a step. */
    static TeamMemory ofStep(String state, List<TurnOutcome> turns) {
      String last = turns.get(turns.size() - 1).complete().agentName();
      return new TeamMemory(state, last, turns, null);
    }

    /** Returns a person's answer that the selector has not used yet, or null. */
    @Nullable String input() {
      return answered == null ? null : answered.input();
    }

    /** Returns the state in which a run begins, or continues with the step of another process. */
    String firstState(Selection.@Nullable Speak step) {
      if (step != null) {
        return step.state();
      }
      return answered == null ? state : answered.state();
    }

    TeamMemory after(List<TurnOutcome> lastStep) {
      return new TeamMemory(state, lastSpeaker, lastStep, answered);
    }
  }

  /** A turn that can be cut short. */
  interface Speaker {
    /**
     * Cuts the message short; its text so far is kept. Does nothing once the turn is over.
     *
     * @param by the person who wants it; null if nobody is known
     */
    void stop(TurnFinishReason reason, @Nullable Author by);
  }

  /** Publishes the first event of the conversation on this node. */
  void publishCreated(long epoch, String topic) {
    events.publish(
        new ConversationCreated(
            epoch,
            topic,
            roster.names(),
            rules.selector().name(),
            rules.maxRounds(),
            roster.muted(),
            roster.people()));
  }

  TeamMemory memory(List<String> path) {
    return memories.getOrDefault(path, TeamMemory.NONE);
  }

  /** Sets what happens before a speaker calls its model with the results of tools. */
  void onToolBoundary(Runnable listener) {
    atToolBoundary = listener;
  }

  /** Lets messages enter that wait for this moment. */
  void toolBoundary() {
    atToolBoundary.run();
  }

  /** Returns a stage that is done once another process would know how the conversation stands. */
  CompletionStage<Void> record() {
    return userCode.call(record, record, CompletableFuture::failedStage);
  }

  String nextMessageId() {
    return "m" + ++messages;
  }

  int messageCount() {
    return messages;
  }

  void continueAfter(int messages) {
    this.messages = messages;
  }

  /** Adds messages to the history; turns without text cause no event. */
  void remember(Utterance utterance) {
    history.add(utterance);
    if (!utterance.saysNothing()) {
      events.publish(utterance.message());
    }
  }

  /** Adds a message from before the conversation. */
  void remember(PastMessage past) {
    Utterance utterance =
        Utterance.of(
            new NewMessage(nextMessageId(), past.role(), past.sender(), past.content(), 0));
    bounds.restored(utterance);
    remember(utterance);
  }

  /** Adds a person's message that did not wait. */
  void say(String text, @Nullable Author author, int round) {
    say(new QueuedMessage("", author, text, Delivery.TURN), round);
  }

  /** Adds a person's message. */
  void say(QueuedMessage message, int round) {
    NewMessage said =
        new NewMessage(
            nextMessageId(),
            NewMessage.Role.USER,
            NewMessage.USER,
            message.content(),
            round,
            message.author(),
            message.queueId().isEmpty() ? null : message.queueId());
    remember(Utterance.of(said));
    calls.addFrom(said);
  }

  void began(String messageId, Speaker turn) {
    speaking.put(messageId, turn);
  }

  void ended(String messageId) {
    speaking.remove(messageId);
  }

  boolean isSpeaking() {
    return !speaking.isEmpty();
  }

  /** Returns the current speakers; stopping one during the iteration is safe. */
  List<Speaker> speaking() {
    return new ArrayList<>(speaking.values());
  }

  /**
   * Stops the speaker of a message, or skips the turn of a person who is asked.
   *
   * @param id that of the message or of the question; null for all speakers and all people who are
   *     asked
   */
  SteeringOutcome stopSpeakers(@Nullable String id, @Nullable Author by) {
    List<Speaker> speakers = speakers(id);
    // The end of a turn can ask the next person, who is not meant.
    List<String> asked =
        inputs.toPeople().stream().filter(question -> id == null || question.equals(id)).toList();
    speakers.forEach(speaker -> speaker.stop(TurnFinishReason.STOPPED, by));
    asked.forEach(question -> inputs.skip(question, by));
    return speakers.isEmpty() && asked.isEmpty()
        ? SteeringOutcome.CONFLICT
        : SteeringOutcome.ACCEPTED;
  }

  private List<Speaker> speakers(@Nullable String messageId) {
    if (messageId == null) {
      return speaking();
    }
    Speaker speaker = speaking.get(messageId);
    return speaker == null ? List.of() : List.of(speaker);
  }
}
