package io.agentstream.journal;

import io.agentstream.event.Author;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUnpaused;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageEdited;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.MessageReset;
import io.agentstream.event.MessageWithdrawn;
import io.agentstream.event.NewMessage;
import io.agentstream.event.PauseReason;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds a conversation's events into the state that a late viewer needs; the source of snapshots.
 * Not thread-safe.
 */
final class Transcript implements StreamListener {

  // The details of messages in the previous epoch; the current epoch repeats only their text.
  private final Map<String, Snapshot.Message> earlier;
  private final Map<String, Snapshot.Message> messages = new LinkedHashMap<>();
  private final Map<String, OpenAnswer> open = new LinkedHashMap<>();
  private final Map<String, InputRequested> inputs = new LinkedHashMap<>();
  private ConversationCreated created = new ConversationCreated(0, "", List.of(), "", 1);
  private int run = 1;
  private final Map<String, MessageQueued> queued = new LinkedHashMap<>();
  private boolean paused;
  private @Nullable Author pausedBy;
  private @Nullable PauseReason pauseReason;
  private @Nullable ConversationEnded ended;

  Transcript() {
    this(Map.of());
  }

  private Transcript(Map<String, Snapshot.Message> earlier) {
    this.earlier = earlier;
  }

  /** Returns the transcript of the next epoch, which begins with this epoch's messages. */
  Transcript next() {
    return new Transcript(messages);
  }

  /** Returns the transcript of a snapshot's events. */
  static Transcript from(Snapshot.Content content) {
    Transcript transcript = new Transcript();
    transcript.created =
        new ConversationCreated(
            content.epoch(),
            content.topic(),
            content.agents(),
            content.speakerSelection(),
            content.maxRounds(),
            content.muted(),
            content.people());
    transcript.run = content.run();
    content
        .messages()
        .forEach(message -> transcript.messages.put(message.message().messageId(), message));
    content.open().forEach(open -> transcript.open.put(open.messageId(), OpenAnswer.from(open)));
    if (content.pendingInputs() != null) {
      content.pendingInputs().forEach(transcript::onInputRequested);
    }
    if (content.queued() != null) {
      content.queued().forEach(transcript::onMessageQueued);
    }
    transcript.pausedBy = content.pausedBy();
    transcript.pauseReason = content.pauseReason();
    transcript.paused = content.state() == Snapshot.State.PAUSED;
    transcript.ended = content.ended();
    return transcript;
  }

  Snapshot.Content at(long seq, long epoch) {
    return new Snapshot.Content(
        seq,
        epoch,
        run,
        state(),
        created.topic(),
        created.agents(),
        created.speakerSelection(),
        created.maxRounds(),
        new ArrayList<>(messages.values()),
        open.values().stream().map(OpenAnswer::open).toList(),
        inputs.isEmpty() ? null : inputs.values().iterator().next(),
        inputs.isEmpty() ? null : new ArrayList<>(inputs.values()),
        ended,
        queued.isEmpty() ? null : new ArrayList<>(queued.values()),
        pausedBy,
        pauseReason,
        created.muted(),
        created.people());
  }

  Snapshot.State state() {
    if (ended != null) {
      return Snapshot.State.ENDED;
    }
    if (paused) {
      return Snapshot.State.PAUSED;
    }
    return inputs.isEmpty() ? Snapshot.State.RUNNING : Snapshot.State.WAITING_FOR_INPUT;
  }

  @Override
  public void onConversationCreated(ConversationCreated event) {
    created = event;
  }

  @Override
  public void onConversationStarted(ConversationStarted event) {
    run = event.run();
    ended = null;
  }

  @Override
  public void onSpeakerChange(SpeakerChange event) {
    open.put(event.messageId(), new OpenAnswer(event));
  }

  @Override
  public void onStreamingToken(StreamingToken event) {
    OpenAnswer answer = open.get(event.messageId());
    if (answer != null) {
      answer.text(event.token());
    }
  }

  @Override
  public void onStreamingThinking(StreamingThinking event) {
    OpenAnswer answer = open.get(event.messageId());
    if (answer != null) {
      answer.thinking(event.token());
    }
  }

  @Override
  public void onMessageReset(MessageReset event) {
    withOpen(event.messageId(), answer -> answer.reset(event));
  }

  @Override
  public void onToolCall(ToolCall event) {
    withOpen(event.messageId(), answer -> answer.toolCall(event));
  }

  @Override
  public void onToolResult(ToolResult event) {
    withOpen(event.messageId(), answer -> answer.toolResult(event));
  }

  @Override
  public void onStreamingComplete(StreamingComplete event) {
    OpenAnswer answer = open.remove(event.messageId());
    if (answer != null) {
      messages.put(event.messageId(), answer.complete(event, run));
    }
  }

  @Override
  public void onNewMessage(NewMessage event) {
    // An agent's message was already added with its streaming_complete, which has more data than
    // this event.
    messages.computeIfAbsent(event.messageId(), id -> message(event));
    if (event.queueId() != null) {
      queued.remove(event.queueId());
    }
  }

  @Override
  public void onMessageQueued(MessageQueued event) {
    queued.put(event.queueId(), event);
  }

  @Override
  public void onMessageEdited(MessageEdited event) {
    queued.computeIfPresent(
        event.queueId(),
        (id, before) -> new MessageQueued(id, before.author(), event.content(), before.when()));
  }

  @Override
  public void onMessageWithdrawn(MessageWithdrawn event) {
    queued.remove(event.queueId());
  }

  private Snapshot.Message message(NewMessage event) {
    Snapshot.Message known = earlier.get(event.messageId());
    return known != null && known.message().equals(event)
        ? known
        : new Snapshot.Message(event, run, null, null, null, null, null);
  }

  @Override
  public void onInputRequested(InputRequested event) {
    inputs.put(event.requestId(), event);
  }

  @Override
  public void onInputResolved(InputResolved event) {
    inputs.remove(event.requestId());
  }

  @Override
  public void onRosterChanged(RosterChanged event) {
    created = created.with(event);
  }

  @Override
  public void onConversationPaused(ConversationPaused event) {
    paused = true;
    pausedBy = event.author();
    pauseReason = event.reason();
  }

  @Override
  public void onConversationUnpaused(ConversationUnpaused event) {
    unpause();
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    ended = event;
    unpause();
    queued.clear();
  }

  private void unpause() {
    paused = false;
    pausedBy = null;
    pauseReason = null;
  }

  private void withOpen(String messageId, Consumer<OpenAnswer> action) {
    OpenAnswer answer = open.get(messageId);
    if (answer != null) {
      action.accept(answer);
    }
  }
}
