package io.agentstream.chat.speaker;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Picks the next speaker. Immutable and shared by all conversations of a chat. A selector stores
 * its memory between two steps in {@link Selection#state()} and gets it back from {@link
 * SelectionContext#state()}, even after a continuation and after a restore on another machine.
 */
public interface SpeakerSelector {

  /** Returns the kind's name on the wire, for example {@code round_robin}. */
  String name();

  /**
   * Decides on the next step. Called once before each step of the conversation, and again with
   * {@link SelectionContext#input()} after a person has answered. If it throws, or its result
   * fails, the conversation ends with {@code failed}.
   */
  CompletionStage<Selection> select(SelectionContext context);

  /**
   * Returns true if {@link #select} may block, so that it is called on the chat's executor; default
   * true.
   */
  default boolean mayBlock() {
    return true;
  }

  /**
   * Returns the names of the tools that this selector gives to agents. An agent's own tools must
   * have other names. Default: none.
   */
  default Set<String> toolNames(List<Participant> participants) {
    return Set.of();
  }

  /** Returns a selector that lets the participants speak in order; a round is one pass. */
  static SpeakerSelector roundRobin() {
    return RoundRobin.INSTANCE;
  }

  /** Returns a selector that picks at random, but not the last speaker. */
  static SpeakerSelector random() {
    return RandomSelector.UNSEEDED;
  }

  /**
   * Returns a selector that picks at random, but not the last speaker, in an order that the seed
   * determines. The order is the same in every conversation, which suits tests.
   */
  static SpeakerSelector random(long seed) {
    return new RandomSelector(seed);
  }

  /**
   * Returns a selector that calls this function, which may block. If the function may return empty,
   * add another selector with {@link FunctionSelector#orElse}.
   */
  static FunctionSelector function(Function<SelectionContext, Optional<String>> function) {
    return new FunctionSelector(function, null);
  }

  /** Returns a selector that lets a model pick, based on the conversation so far. */
  static ModelSelector model(StreamingChatModel model) {
    return new ModelSelector(model);
  }

  /**
   * Returns a selector by which the speaker hands over to the next; the first participant begins.
   */
  static HandoffSelector handoff() {
    return new HandoffSelector(false, false);
  }

  /** Returns a selector that asks a person before each turn. */
  static SpeakerSelector manual() {
    return ManualSelector.INSTANCE;
  }

  /**
   * Returns a selector by which a model makes a plan and directs the participants; in the end one
   * of them gives the answer.
   */
  static PlannerSelector planner(StreamingChatModel model) {
    return new PlannerSelector(model);
  }

  /**
   * Returns a selector by which all participants but the last speak at once; then the last one sums
   * up.
   */
  static SpeakerSelector parallelRound() {
    return new ParallelRound(null, ParallelRound.DEFAULT_INSTRUCTION);
  }

  /**
   * Returns a selector by which all participants but one speak at once; then that one sums up. Both
   * steps together are a round.
   *
   * @param summariser the participant that sums up and does not speak with the others
   */
  static SpeakerSelector parallelRound(String summariser) {
    return parallelRound(summariser, ParallelRound.DEFAULT_INSTRUCTION);
  }

  /**
   * Returns a selector by which all participants but one speak at once; then that one sums up. Both
   * steps together are a round.
   *
   * @param summariser the participant that sums up and does not speak with the others
   * @param instruction its instruction for the summary
   */
  static SpeakerSelector parallelRound(String summariser, String instruction) {
    return new ParallelRound(Objects.requireNonNull(summariser, "summariser"), instruction);
  }
}
