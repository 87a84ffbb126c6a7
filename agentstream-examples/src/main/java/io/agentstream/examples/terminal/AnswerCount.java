package io.agentstream.examples.terminal;

import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Records which of the agents that spoke got an answer of their model. */
final class AnswerCount {

  /** An agent that was cut short may have been receiving an answer. */
  private static final Set<TurnFinishReason> CUT_SHORT =
      EnumSet.of(TurnFinishReason.STOPPED, TurnFinishReason.INTERRUPTED);

  private final Map<String, Boolean> answered = new HashMap<>();
  private final Set<String> usingTools = new HashSet<>();

  void usesTool(String messageId) {
    usingTools.add(messageId);
  }

  void ended(StreamingComplete turn) {
    if (CUT_SHORT.contains(turn.finishReason())) {
      return;
    }
    boolean something = !turn.fullContent().isBlank() || usingTools.remove(turn.messageId());
    boolean answers = something && turn.finishReason() != TurnFinishReason.ERROR;
    answered.merge(turn.agentName(), answers, Boolean::logicalOr);
  }

  /** Returns true if every agent got an answer. */
  boolean isWhole() {
    return !answered.containsValue(false);
  }
}
