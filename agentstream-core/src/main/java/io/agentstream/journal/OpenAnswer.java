package io.agentstream.journal;

import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A growing message, for snapshots. Not thread-safe. */
final class OpenAnswer {

  private final SpeakerChange speaker;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final Map<String, Snapshot.ToolUse> tools = new LinkedHashMap<>();

  OpenAnswer(SpeakerChange speaker) {
    this.speaker = speaker;
  }

  static OpenAnswer from(Snapshot.Open open) {
    OpenAnswer answer =
        new OpenAnswer(
            new SpeakerChange(
                open.messageId(), open.agentName(), open.round(), open.agentPath(), null));
    answer.text(open.content());
    answer.thinking(open.thinking());
    if (open.tools() != null) {
      open.tools().forEach(use -> answer.tools.put(use.callId(), use));
    }
    return answer;
  }

  void text(String token) {
    text.append(token);
  }

  void thinking(String token) {
    thinking.append(token);
  }

  void reset(MessageReset event) {
    text.setLength(event.offset());
    thinking.setLength(event.thinkingKept(thinking.length()));
  }

  void toolCall(ToolCall call) {
    tools.put(
        call.callId(),
        new Snapshot.ToolUse(call.callId(), call.name(), call.arguments(), null, null));
  }

  void toolResult(ToolResult result) {
    tools.computeIfPresent(
        result.callId(),
        (id, use) ->
            new Snapshot.ToolUse(
                id, use.name(), use.arguments(), result.result(), result.isError()));
  }

  Snapshot.Open open() {
    return new Snapshot.Open(
        speaker.messageId(),
        speaker.agentName(),
        speaker.round(),
        text.toString(),
        thinking.toString(),
        speaker.agentPath(),
        toolUses());
  }

  Snapshot.Message complete(StreamingComplete event, int run) {
    NewMessage message =
        new NewMessage(
            event.messageId(),
            NewMessage.Role.ASSISTANT,
            event.agentName(),
            event.fullContent(),
            event.round());
    return new Snapshot.Message(
        message,
        run,
        event.finishReason(),
        event.usage(),
        speaker.agentPath(),
        thinking.isEmpty() ? null : thinking.toString(),
        toolUses());
  }

  private @Nullable List<Snapshot.ToolUse> toolUses() {
    return tools.isEmpty() ? null : new ArrayList<>(tools.values());
  }
}
