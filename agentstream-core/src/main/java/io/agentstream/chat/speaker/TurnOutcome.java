package io.agentstream.chat.speaker;

import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import java.util.List;

/**
 * The outcome of a turn.
 *
 * @param complete its last event
 * @param toolCalls the tools it called, in order
 */
public record TurnOutcome(StreamingComplete complete, List<ToolCall> toolCalls) {

  public TurnOutcome {
    toolCalls = List.copyOf(toolCalls);
  }

  /** Returns true if the turn called the tool of this name. */
  public boolean called(String toolName) {
    return toolCalls.stream().anyMatch(call -> call.name().equals(toolName));
  }
}
