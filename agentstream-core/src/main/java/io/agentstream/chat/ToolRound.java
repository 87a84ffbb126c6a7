package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.event.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The tool calls of one answer. They run concurrently, each has exactly one result, and the owner
 * is notified when all have one. The state is used only in the conversation's serial order.
 */
final class ToolRound {

  private final TurnTools turn;
  private final AiMessage answer;
  private final BiConsumer<AiMessage, List<ToolExecutionResultMessage>> onDone;
  private final List<CallInProgress> calls = new ArrayList<>();
  private int unfinished;
  private boolean cancelled;

  /**
   * @param answer the model's answer with the calls
   * @param onDone receives the answer and all results; not called if the round is cancelled
   */
  ToolRound(
      TurnTools turn,
      AiMessage answer,
      BiConsumer<AiMessage, List<ToolExecutionResultMessage>> onDone) {
    this.turn = turn;
    this.answer = answer;
    this.onDone = onDone;
  }

  /** Adds a call for each event, in the order of the answer's requests. */
  void add(List<ToolCall> events) {
    List<ToolExecutionRequest> requests = answer.toolExecutionRequests();
    for (int i = 0; i < requests.size(); i++) {
      calls.add(new CallInProgress(turn, events.get(i).callId(), requests.get(i), this::finished));
    }
    unfinished = calls.size();
  }

  /** Adds the same calls, as another process has left them. */
  void add(List<ToolCall> events, BegunTurn.ToolAnswer left) {
    add(events);
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).restore(left.calls().get(i));
    }
    unfinished = (int) calls.stream().filter(call -> !call.isOver()).count();
  }

  boolean isOver() {
    return unfinished == 0;
  }

  /** Begins all calls that have no result. */
  void begin() {
    for (CallInProgress call : List.copyOf(calls)) {
      if (!cancelled) {
        call.begin();
      }
    }
  }

  /** Gives every unfinished call a result that says so, and interrupts running calls. */
  void cancel() {
    cancelled = true;
    calls.forEach(CallInProgress::cancel);
  }

  private void finished() {
    if (--unfinished == 0 && !cancelled) {
      onDone.accept(answer, results());
    }
  }

  /** Returns the results so far of a round that is over. */
  List<ToolExecutionResultMessage> results() {
    return calls.stream().map(CallInProgress::message).toList();
  }

  /** Publishes the results that there are. */
  void publishResults() {
    calls.forEach(CallInProgress::publishResult);
  }

  BegunTurn.ToolAnswer toState() {
    return new BegunTurn.ToolAnswer(answer, calls.stream().map(CallInProgress::toState).toList());
  }
}
