package io.agentstream.test;

import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Checks one message, from its speaker change to its completion, against the protocol. */
final class TurnRules {

  private final SpeakerChange speaker;
  private final BiConsumer<Rule, String> broken;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final Set<String> callIds = new HashSet<>();
  private final Set<String> openCalls = new LinkedHashSet<>();
  private boolean failed;

  TurnRules(SpeakerChange speaker, BiConsumer<Rule, String> broken) {
    this.speaker = speaker;
    this.broken = broken;
  }

  void token(StreamingToken event) {
    append(text, event);
  }

  void thinking(StreamingThinking event) {
    append(thinking, event);
  }

  private void append(StringBuilder to, StreamedText piece) {
    expect(Rule.TURNS, !failed, piece.type() + " after the error");
    expect(
        Rule.OFFSETS,
        piece.offset() == to.length(),
        piece.type() + " at " + piece.offset() + " after " + to.length() + " units");
    expect(Rule.OFFSETS, !piece.token().isEmpty(), "an empty " + piece.type());
    expect(Rule.OFFSETS, isWhole(piece.token()), piece.type() + " with half a surrogate pair");
    to.append(piece.token());
  }

  private static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  void reset(MessageReset event) {
    expect(
        Rule.OFFSETS,
        event.offset() >= 0 && event.offset() <= text.length(),
        "a reset to " + event.offset() + " of " + text.length() + " units");
    text.setLength(Math.max(0, Math.min(event.offset(), text.length())));
    Integer kept = event.thinkingOffset();
    expect(
        Rule.OFFSETS,
        kept == null || (kept >= 0 && kept <= thinking.length()),
        "a reset to " + kept + " of " + thinking.length() + " units of thinking");
    thinking.setLength(Math.max(0, event.thinkingKept(thinking.length())));
  }

  void toolCall(ToolCall event) {
    expect(Rule.IDS, callIds.add(event.callId()), "the call " + event.callId() + " comes twice");
    openCalls.add(event.callId());
  }

  void toolResult(ToolResult event) {
    expect(
        Rule.TOOLS,
        openCalls.remove(event.callId()),
        "a result of " + event.callId() + ", which is not open");
  }

  void error() {
    expect(Rule.ERRORS, !failed, "two errors of one turn");
    failed = true;
  }

  /** The message that must follow, or null. */
  @Nullable NewMessage complete(StreamingComplete event) {
    expect(Rule.TOOLS, openCalls.isEmpty(), "calls without a result: " + openCalls);
    expect(
        Rule.CONTENT,
        event.fullContent().contentEquals(text),
        "the full content is '" + event.fullContent() + "' but the tokens make '" + text + "'");
    expect(Rule.CONTENT, event.length() == event.fullContent().length(), "a wrong length");
    expect(
        Rule.TURNS,
        event.agentName().equals(speaker.agentName()) && event.round() == speaker.round(),
        "the completion is of another speaker or round");
    expect(
        Rule.ERRORS,
        failed == (event.finishReason() == TurnFinishReason.ERROR),
        "finish reason " + event.finishReason() + (failed ? " after an error" : " without one"));
    if (event.fullContent().isEmpty()) {
      return null;
    }
    return new NewMessage(
        event.messageId(),
        NewMessage.Role.ASSISTANT,
        event.agentName(),
        event.fullContent(),
        event.round());
  }

  private void expect(Rule rule, boolean holds, String otherwise) {
    if (!holds) {
      broken.accept(rule, otherwise);
    }
  }
}
