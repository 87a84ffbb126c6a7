package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a turn to the agent that takes it.
 *
 * @param turn the reason for the turn, its instruction and its tools
 * @param round the team's round, from 1
 * @param agentPath the names of the outer teams and of the agent; null outside of nested teams
 * @param seen the messages before the step
 * @param heardUpTo the number of messages of the whole history before the step
 * @param begun how far another process had come with the turn; null if it begins
 */
record Floor(
    Selection.Turn turn,
    int round,
    @Nullable List<String> agentPath,
    List<Utterance> seen,
    int heardUpTo,
    @Nullable BegunTurn begun) {}
