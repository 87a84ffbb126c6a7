package io.agentstream.delivery;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.wire.ControlFrame.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation's events folded into what a late viewer needs to know: the source of snapshots.
 * Not safe for use by several threads.
 */
final class Transcript implements StreamListener {

  private final Map<String, Snapshot.Message> messages = new LinkedHashMap<>();
  private final Map<String, OpenAnswer> open = new LinkedHashMap<>();
  private ConversationCreated created = new ConversationCreated(0, "", List.of(), "round_robin", 1);
  private @Nullable ConversationEnded ended;

  Snapshot.Content at(long seq, long epoch) {
    return new Snapshot.Content(
        seq,
        epoch,
        ended == null ? Snapshot.State.RUNNING : Snapshot.State.ENDED,
        created.topic(),
        created.agents(),
        created.speakerSelection(),
        created.maxRounds(),
        new ArrayList<>(messages.values()),
        open.values().stream().map(OpenAnswer::toSnapshot).toList(),
        ended);
  }

  @Override
  public void onConversationCreated(ConversationCreated event) {
    created = event;
  }

  @Override
  public void onConversationStarted(ConversationStarted event) {
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
      answer.text.append(event.token());
    }
  }

  @Override
  public void onStreamingComplete(StreamingComplete event) {
    open.remove(event.messageId());
    NewMessage message =
        new NewMessage(
            event.messageId(),
            NewMessage.Role.ASSISTANT,
            event.agentName(),
            event.fullContent(),
            event.round());
    messages.put(
        event.messageId(), new Snapshot.Message(message, event.finishReason(), event.usage()));
  }

  @Override
  public void onNewMessage(NewMessage event) {
    // An agent's message is here since its streaming_complete, with more than this event tells.
    messages.putIfAbsent(event.messageId(), new Snapshot.Message(event, null, null));
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    ended = event;
  }

  private static final class OpenAnswer {
    private final SpeakerChange speaker;
    private final StringBuilder text = new StringBuilder();

    OpenAnswer(SpeakerChange speaker) {
      this.speaker = speaker;
    }

    Snapshot.Open toSnapshot() {
      return new Snapshot.Open(
          speaker.messageId(), speaker.agentName(), speaker.round(), text.toString());
    }
  }
}
