package io.agentstream.chat.speaker;

import java.util.concurrent.CompletionStage;

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

  /** Every participant in turn, in their order; a round is one pass. */
  static SpeakerSelector roundRobin() {
    return RoundRobin.INSTANCE;
  }
}
