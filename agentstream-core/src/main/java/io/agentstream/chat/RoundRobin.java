package io.agentstream.chat;

/**
 * Every participant in turn, in their order. Immutable: {@link #next} gives the state after the
 * choice.
 *
 * @param index whose turn it is
 * @param turns how many turns were taken in this run
 * @param participants how many take part, from 1
 */
record RoundRobin(int index, int turns, int participants) {

  static final String NAME = "round_robin";

  static RoundRobin over(int participants) {
    return new RoundRobin(0, 0, participants);
  }

  /** The round that this turn belongs to, from 1. */
  int round() {
    return turns / participants + 1;
  }

  RoundRobin next() {
    return new RoundRobin((index + 1) % participants, turns + 1, participants);
  }
}
