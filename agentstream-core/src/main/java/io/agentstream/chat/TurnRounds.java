package io.agentstream.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins the rounds of tool calls of one turn, and continues them where another process has left
 * them. Used in the conversation's serial order only.
 */
final class TurnRounds {

  private final TurnTools turn;
  private final TurnExchange exchange;
  private final TurnText text;
  private final TurnCount count;
  private final BiConsumer<AiMessage, List<ToolExecutionResultMessage>> onDone;

  /**
   * @param onDone receives each answer with tool calls and their results
   */
  TurnRounds(
      TurnTools turn,
      TurnExchange exchange,
      TurnText text,
      TurnCount count,
      BiConsumer<AiMessage, List<ToolExecutionResultMessage>> onDone) {
    this.turn = turn;
    this.exchange = exchange;
    this.text = text;
    this.count = count;
    this.onDone = onDone;
  }

  /** Publishes the calls of an answer; they have not begun yet. */
  ToolRound next(AiMessage answer) {
    text.toolsBegin();
    count.toolsBegin();
    ToolRound round = new ToolRound(turn, answer, onDone);
    round.add(publish(answer));
    exchange.begins(round);
    return round;
  }

  /**
   * Publishes what another process had done in the turn before it ended.
   *
   * @return the calls that have no result yet; null if all have one
   */
  @Nullable ToolRound resume(BegunTurn begun) {
    count.restore(begun.usage());
    text.restore(begun.text(), begun.thinking());
    if (!begun.thinking().isEmpty()) {
      publish(new StreamingThinking(turn.messageId(), 0, begun.thinking()));
    }
    if (!begun.text().isEmpty()) {
      publish(new StreamingToken(turn.messageId(), 0, begun.text()));
    }
    ToolRound open = null;
    for (BegunTurn.ToolAnswer left : begun.answers()) {
      ToolRound round = new ToolRound(turn, left.message(), onDone);
      round.add(publish(left.message()), left);
      round.publishResults();
      exchange.begins(round);
      if (round.isOver()) {
        exchange.answered(left.message(), round.results());
      } else {
        open = round;
      }
    }
    return open;
  }

  private List<ToolCall> publish(AiMessage answer) {
    List<ToolCall> events = exchange.asked(answer.toolExecutionRequests());
    events.forEach(turn.scope().events::publish);
    return events;
  }

  private void publish(ChatEvent event) {
    turn.scope().events.publish(event);
  }

  /** Returns what another process needs to continue the turn; null before its first tool call. */
  @Nullable BegunTurn toState() {
    List<BegunTurn.ToolAnswer> answers = exchange.toState();
    return answers.isEmpty()
        ? null
        : new BegunTurn(
            turn.agent().name(),
            text.beforeTools(),
            text.thinkingBeforeTools(),
            count.beforeTools(),
            answers);
  }
}
