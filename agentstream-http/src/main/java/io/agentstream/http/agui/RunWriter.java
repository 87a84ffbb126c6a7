package io.agentstream.http.agui;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.http.door.HttpCall;
import io.agentstream.wire.Snapshot;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation as one run of AG-UI. Every run begins and ends with a snapshot, so a client
 * that joins again ends up with the same messages as one that was never cut off. Used by one thread
 * at a time, except {@link #fail} and {@link #stillWorks}.
 */
final class RunWriter {

  private static final String CONTENT_TYPE = "text/event-stream;charset=utf-8";
  private static final int OK = 200;

  private final HttpCall call;
  private final RunInput input;
  private final Runnable askForSnapshot;
  private final Map<String, Speech> open = new LinkedHashMap<>();
  private final Map<String, InputRequested> questions = new LinkedHashMap<>();
  private final ClientOrder order;
  private @Nullable ChatError lastError;
  private boolean live;
  private volatile boolean begun;
  private volatile boolean over;

  /**
   * @param askForSnapshot has {@link #snapshot} called soon
   */
  RunWriter(HttpCall call, RunInput input, Runnable askForSnapshot) {
    this.call = call;
    this.input = input;
    this.order = new ClientOrder(input.sent().ids());
    this.askForSnapshot = askForSnapshot;
  }

  /** Shows the client that the server still works; from any thread. */
  void stillWorks(Consumer<String> frames) {
    if (begun && !over) {
      frames.accept(": still working\n\n");
    }
  }

  /** Ends a run that has begun; from any thread. */
  void fail(String code, String message, Consumer<String> frames) {
    if (begun && !over) {
      over = true;
      frames.accept(call.last(AgUiEvents.runError(code, message)));
    }
  }

  /** Writes the state of the conversation, in place of all that the client has. */
  void snapshot(Snapshot snapshot, Consumer<String> frames) {
    if (over) {
      return;
    }
    Snapshot.Content content = snapshot.content();
    if (!begun) {
      call.setHeader("X-Accel-Buffering", "no");
      begun = call.begin(OK, CONTENT_TYPE);
      frames.accept(AgUiEvents.runStarted(input));
    }
    Map<String, Snapshot.Open> current =
        content.open().stream().collect(Collectors.toMap(Snapshot.Open::messageId, o -> o));
    open.values().removeIf(speech -> !current.containsKey(speech.id) && speech.end(frames));
    frames.accept(AgUiEvents.state(state(snapshot)));
    messages(ThreadMessages.of(content, input.messages()), frames);
    content.open().forEach(speech -> continueSpeech(speech, frames));
    questions.clear();
    if (content.pendingInputs() != null) {
      content.pendingInputs().forEach(question -> questions.put(question.requestId(), question));
    }
    if (content.ended() != null) {
      finish(content.ended(), frames);
    } else if (waitsForPeople()) {
      interrupt(frames);
    } else {
      live = true;
    }
  }

  private void messages(ArrayNode messages, Consumer<String> frames) {
    ArrayNode before = order.prepare(messages);
    if (before != null) {
      frames.accept(AgUiEvents.messages(before));
    }
    frames.accept(AgUiEvents.messages(messages));
  }

  private static ObjectNode state(Snapshot snapshot) {
    Snapshot.Content content = snapshot.content();
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("conversation_id", snapshot.conversationId());
    state.put("run", content.run());
    state.put("state", content.state().name().toLowerCase(Locale.ROOT));
    state.put("topic", content.topic());
    var agents = state.putArray("agents");
    content.agents().forEach(agents::add);
    return state;
  }

  private void continueSpeech(Snapshot.Open speech, Consumer<String> frames) {
    Speech known =
        open.computeIfAbsent(speech.messageId(), id -> new Speech(id, speech.agentName(), order));
    if (!speech.thinking().isEmpty()) {
      known.beginThinking(frames);
    }
    if (!speech.content().isEmpty() || speech.tools() != null) {
      known.beginText(frames);
    }
  }

  private boolean waitsForPeople() {
    return !questions.isEmpty()
        && open.keySet().stream()
            .allMatch(id -> questions.values().stream().anyMatch(q -> id.equals(q.messageId())));
  }

  private void interrupt(Consumer<String> frames) {
    endSpeeches(frames);
    ObjectNode finished = AgUiEvents.runFinished(input);
    Interrupts.addTo(finished, questions.values());
    over = true;
    frames.accept(call.last(AgUiEvents.frame(finished)));
  }

  private void finish(ConversationEnded ended, Consumer<String> frames) {
    endSpeeches(frames);
    if (ended.reason() == EndReason.FAILED) {
      ChatError error = lastError;
      fail(
          error == null ? "failed" : error.code().name().toLowerCase(Locale.ROOT),
          error == null ? "The conversation failed." : error.message(),
          frames);
      return;
    }
    ObjectNode finished = AgUiEvents.runFinished(input);
    boolean cancelled = ended.reason() == EndReason.STOPPED;
    finished.putObject("outcome").put("type", cancelled ? "cancelled" : "success");
    ObjectNode result = finished.putObject("result");
    result.put("reason", ended.reason().name().toLowerCase(Locale.ROOT));
    if (ended.detail() != null) {
      result.put("detail", ended.detail());
    }
    ObjectNode usage = finished.putArray("usage").addObject();
    usage.put("inputTokens", ended.usage().inputTokens());
    usage.put("outputTokens", ended.usage().outputTokens());
    usage.put("totalTokens", ended.usage().totalTokens());
    over = true;
    frames.accept(call.last(AgUiEvents.frame(finished)));
  }

  private void endSpeeches(Consumer<String> frames) {
    open.values().forEach(speech -> speech.end(frames));
    open.clear();
  }

  /** Writes one event, unless a snapshot is about to come that has it. */
  void event(ChatEvent event, Consumer<String> frames) {
    if (!live || over) {
      return;
    }
    if (event instanceof StreamedText text) {
      text(text, text.token(), frames);
    } else if (event instanceof SpeakerChange speaker) {
      open.put(speaker.messageId(), new Speech(speaker.messageId(), speaker.agentName(), order));
    } else if (event instanceof StreamingComplete complete) {
      completed(complete, frames);
    } else if (event instanceof ToolCall call) {
      toolCall(call, frames);
    } else if (event instanceof ToolResult result) {
      toolResult(result, frames);
    } else if (event instanceof NewMessage message && message.role() == NewMessage.Role.USER) {
      said(message, frames);
    } else if (event instanceof ChatError error) {
      lastError = error;
      frames.accept(AgUiEvents.custom("agentstream.error", value(error)));
    } else if (event instanceof InputRequested question) {
      questions.put(question.requestId(), question);
      awaitSnapshotIf(waitsForPeople());
    } else if (event instanceof InputResolved resolved) {
      questions.remove(resolved.requestId());
    } else {
      // AG-UI cannot take back a text, but a snapshot can.
      awaitSnapshotIf(event instanceof MessageReset || event instanceof ConversationEnded);
    }
  }

  private void awaitSnapshotIf(boolean wanted) {
    if (wanted) {
      live = false;
      askForSnapshot.run();
    }
  }

  /** Writes text that comes together. */
  void text(StreamedText first, String text, Consumer<String> frames) {
    Speech speech = open.get(first.messageId());
    if (!live || over || speech == null) {
      return;
    }
    if (first instanceof StreamingThinking) {
      speech.beginThinking(frames);
      frames.accept(AgUiEvents.thought(ThreadMessages.thinkingId(speech.id), text));
    } else {
      speech.beginText(frames);
      frames.accept(AgUiEvents.text(speech.id, text));
    }
  }

  private void completed(StreamingComplete complete, Consumer<String> frames) {
    Speech speech = open.remove(complete.messageId());
    boolean waits = waitsForPeople();
    if (speech != null && waits) {
      // The snapshot ends it. Frames of the view that is about to end would not be sent.
      open.put(speech.id, speech);
    } else if (speech != null) {
      speech.end(frames);
    }
    awaitSnapshotIf(waits);
  }

  private void toolCall(ToolCall toolCall, Consumer<String> frames) {
    Speech speech = open.get(toolCall.messageId());
    if (speech != null) {
      speech.beginText(frames);
    }
    String id = ThreadMessages.callId(toolCall.messageId(), toolCall.callId());
    frames.accept(
        AgUiEvents.frame(
            AgUiEvents.event("TOOL_CALL_START")
                .put("toolCallId", id)
                .put("toolCallName", toolCall.name())
                .put("parentMessageId", toolCall.messageId())));
    frames.accept(
        AgUiEvents.frame(
            AgUiEvents.event("TOOL_CALL_ARGS")
                .put("toolCallId", id)
                .put("delta", toolCall.arguments())));
    frames.accept(AgUiEvents.frame(AgUiEvents.event("TOOL_CALL_END").put("toolCallId", id)));
  }

  private void toolResult(ToolResult result, Consumer<String> frames) {
    String id = ThreadMessages.resultId(result.messageId(), result.callId());
    order.add(id);
    frames.accept(
        AgUiEvents.frame(
            AgUiEvents.event("TOOL_CALL_RESULT")
                .put("messageId", id)
                .put("toolCallId", ThreadMessages.callId(result.messageId(), result.callId()))
                .put("content", result.result())
                .put("role", "tool")));
  }

  private void said(NewMessage message, Consumer<String> frames) {
    order.add(message.messageId());
    frames.accept(AgUiEvents.textStart(message.messageId(), "user", message.seat()));
    frames.accept(AgUiEvents.text(message.messageId(), message.content()));
    frames.accept(AgUiEvents.textEnd(message.messageId()));
  }

  private static ObjectNode value(ChatError error) {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    value.put("code", error.code().name().toLowerCase(Locale.ROOT));
    value.put("message", error.message());
    if (error.agentName() != null) {
      value.put("agent", error.agentName());
    }
    return value;
  }
}
