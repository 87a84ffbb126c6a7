package io.agentstream.chat;

import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Who takes part in a team, and the rules of its runs.
 *
 * @param participants the participants, in speaking order
 * @param maxRounds the maximum number of rounds in a run
 * @param callDepth how many calls of agents on each other may follow from each other
 */
record TeamRules(
    List<Agent> participants,
    int maxRounds,
    int callDepth,
    SpeakerSelector selector,
    TerminationCondition terminationCondition,
    FailurePolicy failurePolicy,
    InputTimeoutPolicy inputTimeoutPolicy,
    Timeouts timeouts,
    Limits limits,
    ChatClock clock,
    Executor executor) {}
