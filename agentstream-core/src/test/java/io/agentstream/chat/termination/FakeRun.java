package io.agentstream.chat.termination;

import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run as a test wants it. */
final class FakeRun implements TerminationContext {

  private final List<NewMessage> messages = new ArrayList<>();
  private final List<TurnOutcome> turns = new ArrayList<>();
  private final Map<String, Usage> usage = new LinkedHashMap<>();
  private Usage overhead = Usage.NONE;
  private int rounds;
  private Duration elapsed = Duration.ZERO;

  static FakeRun on(String topic) {
    return new FakeRun().user(topic);
  }

  FakeRun user(String text) {
    messages.add(
        new NewMessage("m" + (messages.size() + 1), NewMessage.Role.USER, "user", text, 0));
    return this;
  }

  FakeRun says(String name, String text) {
    String id = "m" + (messages.size() + 1);
    messages.add(new NewMessage(id, NewMessage.Role.ASSISTANT, name, text, 1));
    return turn(name, text);
  }

  /** A turn without a message, which called these tools. */
  FakeRun turn(String name, String text, String... tools) {
    List<ToolCall> calls =
        Arrays.stream(tools).map(tool -> new ToolCall("m9", "c1", tool, "{}")).toList();
    turns.add(
        new TurnOutcome(
            new StreamingComplete("m9", name, 1, text, text.length(), TurnFinishReason.STOP, null),
            calls));
    return this;
  }

  FakeRun uses(String name, long input, long output) {
    usage.merge(name, Usage.counted(input, output), Usage::plus);
    return this;
  }

  FakeRun usesBeside(long input, long output) {
    overhead = overhead.plus(Usage.counted(input, output));
    return this;
  }

  FakeRun rounds(int rounds) {
    this.rounds = rounds;
    return this;
  }

  FakeRun lasts(Duration time) {
    this.elapsed = time;
    return this;
  }

  @Override
  public List<NewMessage> messages() {
    return List.copyOf(messages);
  }

  @Override
  public List<TurnOutcome> turns() {
    return List.copyOf(turns);
  }

  @Override
  public int rounds() {
    return rounds;
  }

  @Override
  public ConversationUsage usage() {
    return ConversationUsage.of(usage, overhead);
  }

  @Override
  public Duration elapsed() {
    return elapsed;
  }
}
