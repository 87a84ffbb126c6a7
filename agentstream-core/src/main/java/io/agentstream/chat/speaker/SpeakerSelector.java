package io.agentstream.chat.speaker;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Picks who speaks next. Immutable and shared by all conversations of a chat: what it must remember
 * from one step to the next it puts into {@link Selection#state()} and finds again in {@link
 * SelectionContext#state()}, also after a continuation and after a restore on another machine.
 */
public interface SpeakerSelector {

  /** The kind, as named on the wire, for example {@code round_robin}. */
  String name();

  /**
   * Picks. Called once before each step of the conversation, and again with {@link
   * SelectionContext#input()} after a person was asked. If it throws, or its result fails, the
   * conversation ends with {@code failed}.
   */
  CompletionStage<Selection> select(SelectionContext context);

  /** Whether {@link #select} may block, so that it is called on the chat's executor; true. */
  default boolean mayBlock() {
    return true;
  }

  /**
   * What the tools are called that this selector gives to agents; an agent's own tool cannot be
   * called the same. None by default.
   */
  default Set<String> toolNames(List<Participant> participants) {
    return Set.of();
  }

  /** Every participant in turn, in their order; a round is one pass. */
  static SpeakerSelector roundRobin() {
    return RoundRobin.INSTANCE;
  }

  /** Anybody but whoever spoke last. */
  static SpeakerSelector random() {
    return RandomSelector.UNSEEDED;
  }

  /**
   * Anybody but whoever spoke last, in an order that the seed decides: the same in every
   * conversation, which suits tests.
   */
  static SpeakerSelector random(long seed) {
    return new RandomSelector(seed);
  }

  /**
   * Whoever this function names; it may block. Where it may name nobody, add what picks then with
   * {@link FunctionSelector#orElse}.
   */
  static FunctionSelector function(Function<SelectionContext, Optional<String>> function) {
    return new FunctionSelector(function, null);
  }

  /** Whoever a model picks for what was said so far. */
  static ModelSelector model(StreamingChatModel model) {
    return new ModelSelector(model);
  }

  /** Whoever the last speaker hands over to; the first participant begins. */
  static HandoffSelector handoff() {
    return new HandoffSelector(false, false);
  }

  /** Whoever a person names, asked before each turn. */
  static SpeakerSelector manual() {
    return ManualSelector.INSTANCE;
  }

  /** Whoever serves a model's plan for the task best; in the end somebody gives the answer. */
  static PlannerSelector planner(StreamingChatModel model) {
    return new PlannerSelector(model);
  }

  /** All but the last participant speak at once, then the last one sums up. */
  static SpeakerSelector parallelRound() {
    return new ParallelRound(null, ParallelRound.DEFAULT_INSTRUCTION);
  }

  /**
   * All at once, then one who sums it up; both together are a round.
   *
   * @param summariser the participant who sums up, and does not speak with the others
   */
  static SpeakerSelector parallelRound(String summariser) {
    return parallelRound(summariser, ParallelRound.DEFAULT_INSTRUCTION);
  }

  /**
   * All at once, then one who sums it up; both together are a round.
   *
   * @param summariser the participant who sums up, and does not speak with the others
   * @param instruction what it is told to do with what the others said
   */
  static SpeakerSelector parallelRound(String summariser, String instruction) {
    return new ParallelRound(Objects.requireNonNull(summariser, "summariser"), instruction);
  }
}
